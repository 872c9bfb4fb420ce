#!/usr/bin/env bash
# Everything that building, running and testing need, on a fresh Debian 12 machine: each step looks
# first whether there is anything to do.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

step() { printf 'setup: [%s/6] %s\n' "$1" "$2" >&2; }

JAVA_HOME=$(./jdk.sh)
export JAVA_HOME
step 1 "JDK: $JAVA_HOME"
step 2 'Debian packages'
./packages.sh
step 3 'Cranelift'
library=$("$ROOT/codegen/native/build.sh")
say "Cranelift: $library"
step 4 'WASM programs from their sources'
./programs.sh
step 5 'A newer machine and firmware, for tests'
./machine.sh
step 6 'Maven dependencies'
poms=$(cd "$ROOT" && find . -name target -prune -o -name pom.xml -print | LC_ALL=C sort \
  | xargs cat | sha256)
lock_cache
if [ -f "$CACHE/maven-$poms" ]; then
  say 'Maven dependencies: all there'
else
  (cd "$ROOT" && mvn -B -q dependency:go-offline > "$CACHE/maven.log" 2>&1) || {
    tail -30 "$CACHE/maven.log" >&2
    fail 'Maven did not get everything; its messages are above.' \
      'Mirrors and proxies are set in ~/.m2/settings.xml.'
  }
  touch "$CACHE/maven-$poms"
fi
say 'done'
