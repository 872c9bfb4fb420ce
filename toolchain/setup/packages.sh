#!/usr/bin/env bash
# Installs the Debian packages that building, running and testing need, if they are absent.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# What it is for, then the package; names of later releases follow after a bar.
PACKAGES=(
  'Maven:maven'
  'machine emulator:qemu-system-misc|qemu-system-riscv'
  'RISC-V programs on this machine:qemu-user'
  'firmware:opensbi'
  'boot loader, for tests:u-boot-qemu'
  'C for RISC-V, for tests and benchmarks:gcc-riscv64-linux-gnu'
  'its library:libc6-dev-riscv64-cross'
  'readelf and objdump, for tests:binutils-riscv64-linux-gnu'
  'debugger:gdb-multiarch'
  'C for WebAssembly:clang'
  'linker for WebAssembly:lld'
  'C library for WebAssembly:wasi-libc'
  'unpacking the sources of WASM programs:bzip2'
  'compiler runtime for WebAssembly:libclang-rt-14-dev-wasm32|libclang-rt-dev-wasm32'
  'FAT tools, for tests:mtools'
  'a FAT checker, for tests:dosfstools'
  'a partition table checker, for tests:gdisk'
  'an LZ4 decoder, for tests:lz4'
  'Ed25519 keys and signatures, for tests:openssl'
  'making keys in tokens, for tests:opensc'
  'a token in software, for tests:softhsm2'
  'the digests that xxhsum in the image must agree with, for tests:xxhash'
)

installed() { dpkg-query -W -f '${db:Status-Status}\n' "$1" 2> /dev/null | grep -qx installed; }

command -v dpkg-query > /dev/null || {
  say 'this is no Debian: these have to be there already, whatever they are called here:'
  printf '       %s\n' "${PACKAGES[@]}" >&2
  exit 0
}

missing=()
# Whoever has a Rust compiler that is new enough keeps it; Debian 12's security archive has one.
is_rust_new "$(rust_version)" \
  || missing+=('Rust, for Cranelift:rustc-web|rustc' "Rust's package manager:cargo-web|cargo")
for entry in "${PACKAGES[@]}"; do
  IFS='|' read -ra names <<< "${entry#*:}"
  found=
  for name in "${names[@]}"; do installed "$name" && found=$name; done
  [ -n "$found" ] || missing+=("$entry")
done
[ ${#missing[@]} -gt 0 ] || { say 'Debian packages: all there'; exit 0; }

if [ "$(id -u)" != 0 ]; then
  fail 'these Debian packages are missing, and only root can install them:' \
    "${missing[@]}" "Run as root: apt-get install --no-install-recommends $(printf '%s\n' \
    "${missing[@]}" | sed 's/.*://; s/|.*//' | tr '\n' ' ')"
fi
say "Debian packages: ${#missing[@]} to install; reading the index"
export DEBIAN_FRONTEND=noninteractive
lock_cache
apt-get -q update > "$CACHE/apt.log" 2>&1 || { cat "$CACHE/apt.log" >&2; }
for entry in "${missing[@]}"; do
  IFS='|' read -ra names <<< "${entry#*:}"
  done=
  for name in "${names[@]}"; do
    apt-cache show "$name" > /dev/null 2>&1 || continue
    say "installing $name (${entry%%:*})"
    apt-get -q -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$name" \
      > "$CACHE/apt.log" 2>&1 \
      && { done=1; break; }
    tail -5 "$CACHE/apt.log" >&2
  done
  [ -n "$done" ] || fail "the package ${names[0]} (${entry%%:*}) does not install." \
    'Its messages are above. Does apt-get update work? Do the apt sources have Debian main?'
done
