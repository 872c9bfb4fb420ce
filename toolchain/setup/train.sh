#!/usr/bin/env bash
# Has a JVM record how ./k23 starts and compiles: target/k23.aot, with which the next ones have their
# classes loaded and know which methods are worth compiling (JEP 483, 514, 515). Only speed depends
# on it; where it cannot be made, ./k23 goes without.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$PWD/target/training
rm -rf "$work" target/k23.aot
mkdir -p "$work/config"
# Caches and keys of its own: everything is to be done, nothing of the user's is touched.
cache=${K23_CACHE:-$HOME/.cache/k23}
for current in "$cache"/cranelift/current-*; do
  export K23_CRANELIFT_LIBRARY=${K23_CRANELIFT_LIBRARY:-${current%/*}/$(cat "$current")}
done
export K23_CACHE=$work K23_CONFIG=$work/config
K23_MAIN=k23.cli.Training K23_JAVA_OPTIONS="-XX:AOTCacheOutput=$work/k23.aot -Xlog:disable" \
  ./k23 image -o "$work/payload.img" examples/payloads/Hello.java \
  + image -o "$work/system.img" + inspect "$work/payload.img" > "$work/log" 2>&1 || true
# In place at once, whole, and newer than the jars that it was made of.
if [ -f "$work/k23.aot" ]; then
  touch "$work/k23.aot"
  mv "$work/k23.aot" target/k23.aot
fi
rm -rf "$work"
