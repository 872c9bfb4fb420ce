#!/usr/bin/env bash
# is-built.sh STAMP SOURCE...: whether everything is set up and nothing is newer than the stamp.
set -euo pipefail
CACHE=${K23_CACHE:-$HOME/.cache/k23}
stamp=$1
shift
[ -f "$stamp" ] && [ -f target/k23.classpath ] || exit 1
compgen -G "$CACHE/cranelift/current-*" > /dev/null || exit 1
command -v qemu-system-riscv64 > /dev/null || exit 1
existing=()
for source in "$@"; do [ -e "$source" ] && existing+=("$source"); done
newer=$(find "${existing[@]}" -name target -prune -o -newer "$stamp" -print -quit)
[ -z "$newer" ]
