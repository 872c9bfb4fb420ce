#!/usr/bin/env bash
# Compiles real programs to WASI modules, unmodified, from the sources of Debian's packages: zlib's
# minigzip and xxHash's xxhsum. They go to $K23_CACHE/programs; the sums of the sources are pinned.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

SUITE=bookworm
MANIFEST=$PWD/programs.tsv
OUT=$CACHE/programs
# clang's driver of Debian 12 has the version in its name; others are asked in turn.
CLANG=$(command -v clang-14 || command -v clang || true)
FLAGS=(--target=wasm32-wasi --sysroot=/usr -O2 -w
       -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_PROCESS_CLOCKS)
LIBRARIES=(-lwasi-emulated-signal -lwasi-emulated-process-clocks)

[ -n "$CLANG" ] || fail 'there is no clang.' 'make setup installs clang, lld and wasi-libc as root.'

key=$( { cat programs.sh "$MANIFEST"; "$CLANG" --version; } | sha256)
exit_if_done() {
  [ -f "$OUT/key" ] && [ "$(cat "$OUT/key")" = "$key" ] || return 0
  say "WASM programs: in $OUT"
  exit
}
exit_if_done
lock_cache
exit_if_done
needs_room 100

fetch() {
  mapfile -t sources < <(missing_of "$MANIFEST" | awk '{print $1 "=" $2}')
  [ ${#sources[@]} -gt 0 ] || return 0
  has_debian_mirror && apt_root "$SUITE" deb-src || return 1
  say "fetching the sources of ${sources[*]}"
  local scratch status=0
  scratch=$(scratch fetch)
  (cd "$scratch" && apt-get "${APT[@]}" source --download-only "${sources[@]}" > log 2>&1) \
    && keep "$scratch"/*.orig.tar.* || { cat "$scratch/log" >&2; status=1; }
  rm -rf "$scratch"
  return $status
}

fetch && [ -z "$(missing_of "$MANIFEST")" ] \
  || fail "the sources of $(missing_of "$MANIFEST" | cut -f1 | tr '\n' ' ')are not to be had." \
    'They come from a Debian mirror: one in the apt sources, or DEBIAN_MIRROR=URL.'

# unpacked PACKAGE: the folder of its sources.
unpacked() {
  local folder=$WORK/$1
  mkdir "$folder"
  tar -xf "$CACHE/downloads/$(awk -v p="$1" '$1 == p {print $3}' "$MANIFEST")" -C "$folder" \
    --strip-components=1 || return 1
  echo "$folder"
}

WORK=$(scratch programs)
mkdir -p "$OUT"
say 'compiling minigzip'
zlib=$(unpacked zlib)
(cd "$zlib" && "$CLANG" "${FLAGS[@]}" -DHAVE_UNISTD_H -I. -o "$WORK/minigzip.wasm" ./*.c \
  test/minigzip.c "${LIBRARIES[@]}")
say 'compiling xxhsum'
xxhash=$(unpacked xxhash)
(cd "$xxhash" && "$CLANG" "${FLAGS[@]}" -I. -o "$WORK/xxhsum.wasm" xxhash.c cli/*.c \
  "${LIBRARIES[@]}")
mv "$WORK/minigzip.wasm" "$WORK/xxhsum.wasm" "$OUT/"
echo "$key" > "$OUT/key"
say "WASM programs: in $OUT"
