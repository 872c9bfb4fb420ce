#!/usr/bin/env bash
# build.sh STAMP SOURCE...: sets up, and packages everything; one build of a checkout at a time, and
# who has waited for another one looks whether that has done it all.
set -euo pipefail
SETUP=$(dirname "$0")
mkdir -p "$(dirname "$1")"
exec 9> "$1.lock"
flock -n 9 || {
  echo 'build: another build of this checkout is at work: waiting for it' >&2
  flock 9
  ! "$SETUP/is-built.sh" "$@" || exit 0
}
"$SETUP/setup.sh"
"$SETUP/is-built.sh" --start "$@"
mvn -B -q package -Dmaven.test.skip=true -pl '!tests' >&2
"$SETUP/train.sh"
mv "$1.new" "$1"
