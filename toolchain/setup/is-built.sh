#!/usr/bin/env bash
# is-built.sh [--start] STAMP SOURCE...: whether everything is set up, and no source is newer than
# the stamp, new, or gone. With --start, begins the stamp of a build: STAMP.new, which becomes STAMP
# when the build is done, so that what changes meanwhile is newer.
set -euo pipefail
CACHE=${K23_CACHE:-$HOME/.cache/k23}
start=
[ "$1" != --start ] || { start=1; shift; }
stamp=$1
shift
existing=()
for source in "$@"; do [ ! -e "$source" ] || existing+=("$source"); done
names() { find "${existing[@]}" -name target -prune -o -type f -print | LC_ALL=C sort; }

if [ -n "$start" ]; then
  mkdir -p "$(dirname "$stamp")"
  names > "$stamp.new"
  exit
fi
[ -f "$stamp" ] && [ -f target/k23.classpath ] || exit 1
compgen -G "$CACHE/cranelift/current-*" > /dev/null || exit 1
command -v qemu-system-riscv64 > /dev/null || exit 1
[ -z "$(find "${existing[@]}" -name target -prune -o -type f -newer "$stamp" -print -quit)" ]
names | cmp -s - "$stamp"
