#!/bin/sh
# Prints the home of a JDK of at least this version, without running one: the machine's default
# `java` may be older. JAVA_HOME comes first, then the usual places.
MINIMUM=25

version_of() {
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null
}

on_path=$(readlink -f "$(command -v javac 2> /dev/null)" 2> /dev/null)
for home in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/*"$MINIMUM"* /usr/lib/jvm/* \
    /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
  [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
  [ "$(version_of "$home")" -ge "$MINIMUM" ] 2> /dev/null && { echo "$home"; exit 0; }
done
cat >&2 <<END
K23-5911: there is no JDK $MINIMUM or newer in JAVA_HOME, on the PATH, or under /usr/lib/jvm.
  Install one, such as Temurin $MINIMUM (package temurin-$MINIMUM-jdk of Adoptium's apt repository,
  or its archive unpacked under /usr/lib/jvm), or set JAVA_HOME to where it is.
END
exit 1
