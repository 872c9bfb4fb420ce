# What the set-up scripts share: the cache, progress lines, and private apt roots.
# Sourced by bash scripts that run with `set -euo pipefail`.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=${K23_CACHE:-$HOME/.cache/k23}

say() { printf 'setup: %s\n' "$*" >&2; }

# fail WHAT HOW...: what is missing, and how to get it, each on its own line.
fail() {
  printf 'setup: %s\n' "$1" >&2
  shift
  printf '       %s\n' "$@" >&2
  exit 1
}

# Folders made by `scratch NAME` are gone when the script ends, however it does.
trap 'rm -rf "$CACHE"/*.tmp"$$".*' EXIT
scratch() { mktemp -d "$CACHE/$1.tmp$$.XXXXXX"; }

# What mkdir or mktemp says comes first.
mkdir -p "$CACHE/downloads" && scratch try > /dev/null \
  || fail "the cache $CACHE cannot be written; the reason is above." \
    'K23_CACHE=FOLDER makes that folder the cache.'

# needs_room MIB: fails where the cache's disk has not so much left.
needs_room() {
  local mib
  mib=$(($(df -Pk "$CACHE" | awk 'END {print $4}') / 1024))
  [ "$mib" -ge "$1" ] || fail "the disk of the cache $CACHE has $mib MiB left; this takes $1." \
    'K23_CACHE=FOLDER makes that folder the cache.'
}

# The SHA-256 of standard input in hexadecimal.
sha256() { sha256sum | cut -d' ' -f1; }

MINIMUM_RUST=1.86
[ ! -d "$HOME/.cargo/bin" ] || PATH=$PATH:$HOME/.cargo/bin

# rust_version: the Rust compiler's, or nothing where there is none, or no cargo.
rust_version() {
  command -v cargo > /dev/null && command -v rustc > /dev/null || return 0
  rustc --version 2> /dev/null | cut -d' ' -f2
}

# Whether a Rust compiler of this version compiles Cranelift.
is_rust_new() {
  [ -n "$1" ] && printf '%s\n%s\n' "$MINIMUM_RUST" "$1" | sort -VC
}

# Only one set-up at a time works on the cache; who has waited looks again what is to be done.
lock_cache() {
  exec 8> "$CACHE/lock"
  flock -n 8 || { say 'another set-up is at work: waiting for it'; flock 8; }
}

# The Debian mirror that this machine's apt uses already, or nothing.
debian_mirror() {
  if [ -n "${DEBIAN_MIRROR:-}" ]; then echo "$DEBIAN_MIRROR"; return; fi
  command -v apt-get > /dev/null || return 0
  # The sources as written serve before the first `apt-get update`, when apt knows no targets.
  { apt-get indextargets --format '$(REPO_URI)' 2> /dev/null
    grep -rhoE '^[^#]*' /etc/apt/sources.list /etc/apt/sources.list.d 2> /dev/null \
      | grep -oE '[a-z]+://[^ ]+'
  } | grep -v security | grep -m1 '/debian/\?$' || true
}

DEBIAN_KEYRING=${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

# Whether apt_root can work here.
has_debian_mirror() { [ -r "$DEBIAN_KEYRING" ] && [ -n "$(debian_mirror)" ]; }

# apt_root SUITE deb|deb-src: an apt of our own, with the system's proxies and keys but with its own
# sources and state, whose options are in APT. Nothing of the system's is changed. The packages are
# only unpacked, never installed, so the architecture is always the one that the manifests name.
apt_root() {
  local root=$CACHE/apt/$1-$2
  mkdir -p "$root"/lists/partial "$root"/cache/archives/partial
  : > "$root/status"
  echo "$2 [arch=amd64 signed-by=$DEBIAN_KEYRING] $(debian_mirror) $1 main" > "$root/sources.list"
  # Every file is checked against a signed index; an old index is no danger where sums are pinned.
  APT=(-q -o Dir::Etc::sourcelist="$root/sources.list" -o Dir::Etc::sourceparts=/dev/null
       -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
       -o Dir::State="$root" -o Dir::State::lists="$root/lists" -o Dir::State::status="$root/status"
       -o Dir::Cache="$root/cache" -o APT::Architecture=amd64 -o APT::Architectures::=amd64
       -o Acquire::Languages=none -o Acquire::Retries=3 -o Acquire::Check-Valid-Until=false
       -o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false
       -o APT::Sandbox::User=root)
  say "reading Debian's $1 index"
  apt-get "${APT[@]}" update > "$root/update.log" 2>&1 \
    || { cat "$root/update.log" >&2; return 1; }
}

# keep FILE...: puts files into the cache, each under its own sum; whole, or not at all.
keep() {
  local file sum
  for file in "$@"; do
    sum=$(sha256 < "$file")
    cp "$file" "$CACHE/downloads/$sum.new" \
      && mv "$CACHE/downloads/$sum.new" "$CACHE/downloads/$sum" || return 1
  done
}

# The lines of a manifest whose files the cache lacks. Fields: package version sha256 size file.
missing_of() {
  local line sum
  grep -v '^#' "$1" | while read -r line; do
    sum=$(echo "$line" | cut -f3)
    [ -f "$CACHE/downloads/$sum" ] || echo "$line"
  done
}
