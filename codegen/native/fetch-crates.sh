#!/usr/bin/env bash
# Fetches the Rust crates of Cranelift into the cache and prints the path of a cargo configuration
# that reads them, or nothing when cargo is to use its registry.
#
#   fetch-crates.sh          forky's manifest, else cargo's registry, else forky resolved anew,
#                            else trixie's manifest
#   fetch-crates.sh trixie   that manifest alone
#   fetch-crates.sh resolve SUITE > crates-SUITE.tsv   how the committed manifests were made
#
# The crates are those of Debian's packages, unpacked without being installed, pinned by the SHA-256
# sums of a manifest. They live outside any git tree: Cranelift's build script asks git for a
# commit.
set -euo pipefail
cd "$(dirname "$0")"
. ../../toolchain/setup/lib.sh

CRATES=$PWD

# unpack FOLDER SUM...: a cargo directory source out of packages of the cache.
unpack() {
  local folder=$1 sum crate scratch
  shift
  rm -rf "$folder"
  mkdir -p "$folder/vendor" || return 1
  scratch=$(scratch unpack)
  for sum in "$@"; do
    dpkg-deb -x "$CACHE/downloads/$sum" "$scratch" || return 1
  done
  for crate in "$scratch"/usr/share/cargo/registry/*/; do
    crate=${crate%/}
    # Debian's file holds a text where cargo wants a sum; without one, Cargo.lock has none either.
    echo '{"files":{}}' > "$crate/.cargo-checksum.json" && mv "$crate" "$folder/vendor/" || return 1
  done
  rm -rf "$scratch"
  configuration "$folder" > "$folder/cargo.toml"
}

configuration() {
  printf '[source.crates-io]\nreplace-with = "debian"\n'
  printf '[source.debian]\ndirectory = "%s"\n[net]\noffline = true\n' "$1/vendor"
}

# from_manifest SUITE FILE: prints the configuration.
from_manifest() {
  local folder packages scratch
  folder=$CACHE/crates/$(sha256 < "$2" | cut -c1-16)
  if [ ! -f "$folder/complete" ]; then
    mapfile -t packages < <(missing_of "$2" | awk '{print $1 "=" $2}')
    if [ ${#packages[@]} -gt 0 ]; then
      has_debian_mirror && apt_root "$1" deb || return 1
      say "fetching ${#packages[@]} crate packages of Debian $1"
      scratch=$(scratch fetch)
      (cd "$scratch" && apt-get "${APT[@]}" download "${packages[@]}" > log 2>&1) \
        || { grep '^E:' "$scratch/log" >&2; rm -rf "$scratch"; return 1; }
      keep "$scratch"/*.deb || return 1
      rm -rf "$scratch"
    fi
    if [ -n "$(missing_of "$2")" ]; then
      say "Debian's packages are not the ones of $2:"
      missing_of "$2" >&2
      return 1
    fi
    mapfile -t packages < <(grep -v '^#' "$2" | cut -f3)
    unpack "$folder" "${packages[@]}" && touch "$folder/complete" || return 1
  fi
  echo "$folder/cargo.toml"
}

# provider CRATE [VERSION]: the package of the private root's index that has it. A package is called
# after its crate, or provides a name with the version's first parts in it.
provider() {
  local name version=${2:-} candidate
  name=librust-$(echo "$1" | tr '_A-Z' '-a-z')
  for candidate in ${version:+"$name-$version-dev" "$name-$(echo "$version" | cut -d. -f1,2)-dev" \
                   "$name-${version%%.*}-dev"} "$name-dev"; do
    awk -v n="$candidate" '$1 == n {print $2; found = 1; exit} END {exit !found}' \
      "$SCRATCH/provides" && return
  done
  return 1
}

# resolve SUITE: asks cargo, package by package, what it still lacks; prints a manifest.
resolve() {
  local need line package round file config
  has_debian_mirror && apt_root "$1" deb || return 1
  SCRATCH=$(scratch resolve)
  mkdir -p "$SCRATCH/debs" "$SCRATCH/project/src"
  apt-cache "${APT[@]}" dumpavail | awk '
    /^Package: /  { p = $2 }
    /^Provides: / { sub(/^Provides: /, ""); n = split($0, a, /, */)
                    for (i = 1; i <= n; i++) { sub(/ .*/, "", a[i]); print a[i], p } }
    /^$/          { print p, p }' | grep '^librust-' | sort -u > "$SCRATCH/provides"
  cp "$CRATES/Cargo.toml" "$CRATES/build.rs" "$SCRATCH/project/"
  touch "$SCRATCH/project/src/lib.rs"
  config=$SCRATCH/crates
  package=librust-cranelift-dev
  for round in $(seq 1 60); do
    (cd "$SCRATCH/debs" && apt-get "${APT[@]}" download "$package" > ../log 2>&1) \
      || { cat "$SCRATCH/log" >&2; return 1; }
    keep "$SCRATCH"/debs/*.deb
    mapfile -t sums < <(sha256sum "$SCRATCH"/debs/*.deb | cut -d' ' -f1)
    unpack "$config" "${sums[@]}"
    rm -f "$SCRATCH/project/Cargo.lock"
    if (cd "$SCRATCH/project" && cargo --config "$config/cargo.toml" metadata --offline \
        --format-version 1 > /dev/null 2> ../cargo.err); then
      manifest "$1" "$SCRATCH/debs"
      rm -rf "$SCRATCH"
      return
    fi
    need=$(sed -n -e 's/.*no matching package named `\([^`]*\)` found.*/\1/p' \
           -e 's/^searched package name: `\([^`]*\)`.*/\1/p' "$SCRATCH/cargo.err" | head -1)
    if [ -z "$need" ]; then
      line=$(sed -n 's/.*select a version for the requirement `\([^`]*\)`.*/\1/p' \
             "$SCRATCH/cargo.err" | head -1)
      need="${line%% *} $(echo "$line" | grep -o '[0-9][0-9.]*' | head -1)"
    fi
    # shellcheck disable=SC2086 # a name and perhaps a version
    package=$(provider $need) || { cat "$SCRATCH/cargo.err" >&2; return 1; }
    say "resolve, round $round: $need is in $package"
  done
  return 1
}

# manifest SUITE FOLDER: one line for each package of a folder.
manifest() {
  local file
  printf '# package\tversion\tsha256\tsize\tfile (Debian %s)\n' "$1"
  for file in "$2"/*.deb; do
    printf '%s\t%s\t%s\t%s\t%s\n' "$(dpkg-deb -f "$file" Package)" \
      "$(dpkg-deb -f "$file" Version)" "$(sha256 < "$file")" "$(stat -c %s "$file")" \
      "$(basename "$file")"
  done
}

# Whether cargo's own registry answers.
registry_answers() {
  local project status=0
  project=$(scratch registry)
  mkdir "$project/src"
  cp Cargo.toml build.rs "$project/"
  touch "$project/src/lib.rs"
  (cd "$project" && CARGO_NET_RETRY=0 timeout 120 cargo fetch > /dev/null 2>&1) || status=1
  rm -rf "$project"
  return $status
}

fresh() {
  local file=$CACHE/crates/$1.resolved.tsv
  mkdir -p "$CACHE/crates"
  resolve "$1" > "$file.new" && mv "$file.new" "$file" && from_manifest "$1" "$file"
}

case ${1:-} in
  resolve) resolve "$2" ;;
  forky | trixie) from_manifest "$1" "crates-$1.tsv" ;;
  '')
    from_manifest forky crates-forky.tsv && exit
    say "Debian's forky does not have the pinned crates: trying cargo's registry"
    registry_answers && exit
    say 'the registry does not answer: resolving the crates of forky anew'
    fresh forky && exit
    say "forky's crates do not resolve: trying those of trixie"
    from_manifest trixie crates-trixie.tsv && exit
    fail 'the crates of Cranelift are nowhere to be had.' \
      'They come from a Debian mirror (one in the apt sources, or DEBIAN_MIRROR=URL, with' \
      'debian-archive-keyring installed) or from the registry that cargo is configured for.' ;;
  *) fail "fetch-crates.sh: unknown argument $1" ;;
esac
