#!/usr/bin/env bash
# test-summary.sh [LOG]: counts the tests of the surefire reports, names what failed, and ends with
# one line. Fails when a test failed or none ran. A test JVM that died reports nothing: the log
# tells, and it counts as a failure.
set -euo pipefail
cd "$(dirname "$0")/../.."

died=$(grep -c 'The forked VM terminated without' "${1:-/dev/null}" || true)
mapfile -t reports < <(find . -path '*/target/surefire-reports/TEST-*.xml' | sort)
awk -v died="$died" '
  function attribute(line, name,   value) {
    if (!match(line, "[ \t]" name "=\"[^\"]*\"")) return ""
    value = substr(line, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", value); sub(/"$/, "", value)
    return value
  }
  # The elements that count start on lines of their own; a tag may go on over several lines.
  /<(testsuite|testcase)[ \t]/ { tag = ""; open = 1 }
  open { tag = tag " " $0; if (!/>/) next; open = 0
    if (tag ~ /<testsuite[ \t]/) {
      run += attribute(tag, "tests"); skipped += attribute(tag, "skipped")
      failed += attribute(tag, "failures") + attribute(tag, "errors")
    } else test = attribute(tag, "classname") "." attribute(tag, "name")
  }
  /<(failure|error)[ \t>]/ { print "failed: " test }
  END {
    if (died) print "failed: a test JVM died"
    failed += died > 0
    run += died > 0
    printf "%d passed, %d failed, %d skipped\n", run - failed - skipped, failed, skipped
    exit failed > 0 || run - skipped <= 0
  }' /dev/null "${reports[@]}"
