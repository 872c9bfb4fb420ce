#!/usr/bin/env bash
# Unpacks a newer QEMU than Debian 12's, and EDK2's firmware for it, below $K23_CACHE/machine, out
# of Debian's packages: nothing is installed. Only tests use them; they say so where they are
# missing. $K23_CACHE/machine/qemu-system-riscv64 is the program; edk2 is the firmware's folder.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

MANIFEST=$PWD/machine.tsv
OUT=$CACHE/machine
MULTIARCH=x86_64-linux-gnu

key=$(cat machine.sh "$MANIFEST" | sha256)
exit_if_done() {
  [ -f "$OUT/key" ] && [ "$(cat "$OUT/key")" = "$key" ] || return 0
  say "newer machine: $OUT/qemu-system-riscv64"
  exit
}
exit_if_done

# Tests of newer machines are left out where this fails; nothing else needs it.
skip() { say "no newer machine for tests: $*"; exit 0; }

[ "$(uname -m)" = x86_64 ] || skip 'its packages are those for x86-64'
command -v dpkg-deb > /dev/null || skip 'there is no dpkg-deb here'
lock_cache
exit_if_done
(needs_room 300) || skip 'there is no room for it'

# fetch SUITE: what the cache lacks of a suite's packages.
fetch() {
  local packages scratch status=0
  mapfile -t packages < <(missing_of "$MANIFEST" | awk -v s="$1" '$6 == s {print $1 "=" $2}')
  [ ${#packages[@]} -gt 0 ] || return 0
  has_debian_mirror && apt_root "$1" deb || return 1
  say "fetching ${packages[*]}"
  scratch=$(scratch fetch)
  (cd "$scratch" && apt-get "${APT[@]}" download "${packages[@]}" > log 2>&1) \
    && keep "$scratch"/*.deb || { grep '^E:' "$scratch/log" >&2; status=1; }
  rm -rf "$scratch"
  return $status
}

while read -r suite; do
  fetch "$suite" || skip "the packages of $MANIFEST are not to be had from Debian's $suite"
done < <(grep -v '^#' "$MANIFEST" | cut -f6 | sort -u)
[ -z "$(missing_of "$MANIFEST")" ] \
  || skip "Debian's packages are not the ones of $MANIFEST: $(missing_of "$MANIFEST" | cut -f1)"

root=$OUT/$(echo "$key" | cut -c1-16)
say 'unpacking QEMU and EDK2'
rm -rf "$root"
mkdir -p "$root"
grep -v '^#' "$MANIFEST" | cut -f3 | while read -r sum; do
  dpkg-deb -x "$CACHE/downloads/$sum" "$root"
done
# QEMU looks for its parts where Debian would have installed them.
cat > "$OUT/qemu-system-riscv64.new" <<END
#!/bin/sh
export LD_LIBRARY_PATH="$root/usr/lib/$MULTIARCH"
export QEMU_MODULE_DIR="$root/usr/lib/$MULTIARCH/qemu"
exec "$root/usr/bin/qemu-system-riscv64" -L "$root/usr/share/qemu" "\$@"
END
chmod +x "$OUT/qemu-system-riscv64.new"
"$OUT/qemu-system-riscv64.new" --version > "$OUT/version" 2>&1 \
  || { cat "$OUT/version" >&2; skip 'its QEMU does not run on this system'; }
mv "$OUT/qemu-system-riscv64.new" "$OUT/qemu-system-riscv64"
ln -sfn "$root/usr/share/qemu-efi-riscv64" "$OUT/edk2"
echo "$key" > "$OUT/key"
say "newer machine: $OUT/qemu-system-riscv64, $(head -1 "$OUT/version")"
