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
# A build that was killed may have left half a file that is newer than its source.
if [ -f "$1.new" ]; then
  echo 'build: the last build was cut off: compiling everything' >&2
  find . -name pom.xml -not -path '*/target/*' -execdir sh -c 'rm -rf target/classes target/*.jar' \;
fi
"$SETUP/is-built.sh" --start "$@"
mvn -B -q package -Dmaven.test.skip=true -pl '!tests' >&2 || {
  status=$?
  # Errors of the compiler are no reason to begin from the start; signals are.
  [ $status -ge 128 ] || rm -f "$1.new"
  exit $status
}
"$SETUP/train.sh"
mv "$1.new" "$1"
