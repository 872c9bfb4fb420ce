#!/usr/bin/env bash
# Builds the Cranelift library, unless the cache has it, and records it as the one that Java loads.
# Prints its path. The cache's key is the crates' manifest, these sources, and the compiler.
set -euo pipefail
cd "$(dirname "$0")"
. ../../toolchain/setup/lib.sh

ABI=$(sed -n 's/^#define K23_ABI_VERSION //p' include/k23_cranelift.h)
HOW="apt-get install rustc-web cargo-web (Debian 12's security archive), or rustup."

version=$(rust_version)
[ -n "$version" ] || fail 'there is no Rust compiler.' \
  "Install rustc and cargo $MINIMUM_RUST or newer: $HOW"
is_rust_new "$version" || fail "rustc $version is older than $MINIMUM_RUST." \
  "Install a newer one: $HOW"

sources() { cat Cargo.toml build.rs src/*.rs src/*/*.rs include/*.h build.sh; }

# The key says what went in; the crates are those of the configuration, or the registry's.
record() {
  local key=$1
  mkdir -p "$CACHE/cranelift"
  echo "$key/libk23_cranelift.so" > "$CACHE/cranelift/current-$ABI.new"
  mv "$CACHE/cranelift/current-$ABI.new" "$CACHE/cranelift/current-$ABI"
  echo "$CACHE/cranelift/$key/libk23_cranelift.so"
}

lock_cache
inputs=$( { sources; rustc -vV; cat crates-forky.tsv; } | sha256 | cut -c1-16)
if [ -f "$CACHE/cranelift/built-$inputs" ]; then
  key=$(cat "$CACHE/cranelift/built-$inputs")
  [ -f "$CACHE/cranelift/$key/libk23_cranelift.so" ] && { record "$key"; exit; }
fi

needs_room 400
config=$(./fetch-crates.sh)
crates=$( { [ -z "$config" ] && echo registry || basename "$(dirname "$config")"; } )
key=$( { sources; rustc -vV; echo "$crates"; } | sha256 | cut -c1-16)
work=$CACHE/build/cranelift-$crates
mkdir -p "$work" "$CACHE/cranelift/$key"
cp Cargo.toml build.rs "$work/"
rm -rf "$work/src"
cp -r src "$work/src"
say "compiling Cranelift (rustc $version; one to five minutes the first time)"
# Paths do not get into the library, nor does the commit of a git tree around the cache.
export GIT_CEILING_DIRECTORIES=$CACHE
export RUSTFLAGS="--remap-path-prefix=$CACHE=/k23 --remap-path-prefix=$HOME/.cargo=/cargo"
(cd "$work" && cargo ${config:+--config "$config"} ${config:+--offline} build --release \
  --target-dir "$work/target" > "$work/log" 2>&1) \
  || { tail -40 "$work/log" >&2; fail 'the Cranelift library does not build; the log is above.'; }
# Whole, and never into a file that a running JVM has mapped.
library=$CACHE/cranelift/$key/libk23_cranelift.so
cp "$work/target/release/libk23_cranelift.so" "$library.new"
mv "$library.new" "$library"
echo "$key" > "$CACHE/cranelift/built-$inputs"
say "built Cranelift $(sed -n '/"cranelift-codegen"/{n;s/.*"\(.*\)"/\1/p}' "$work/Cargo.lock" \
  | head -1)"
record "$key"
