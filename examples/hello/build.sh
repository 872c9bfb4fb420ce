#!/bin/sh
# build.sh OUT.wasm: compiles hello.c, unless OUT.wasm is newer than it.
set -eu
source=$(dirname "$0")/hello.c
if [ -f "$1" ] && [ -z "$(find "$source" "$0" -newer "$1")" ]; then exit 0; fi
clang=$(command -v clang-14 || command -v clang) || {
  echo 'K23-5014: there is no clang to compile examples/hello; `make setup` installs it' >&2
  exit 1
}
mkdir -p "$(dirname "$1")"
exec "$clang" --target=wasm32-wasi --sysroot=/usr -O2 -o "$1" "$source"
