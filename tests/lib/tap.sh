# shellcheck shell=bash
# tap.sh - TAP for functional tests, sourced as the first thing by every .t:
#
#     #!/bin/bash
#     . "${0%/*}/lib/tap.sh"
#
# tests/run starts each .t; run one alone with "tests/run tests/tNNNN-name.t".
# It runs as the unprivileged test user, even when the suite was started as
# root, unless its second line is "# user: caller": then it runs as whoever
# started the suite, and uses as_user for what must not be root.
#
# Environment, from tests/run:
#   UDOCKER_SRCDIR     the source tree; the test user may not be able to read it
#   UDOCKER_BUILDDIR   the build tree; the same
#   UDOCKER_PREFIX     where the programs were installed for the tests; its
#                      bin/ comes first in PATH
#   UDOCKER_TEST_USER  the unprivileged user; empty when the caller is one
# Shell variables for the test, from base.sh: $scratch, a private directory, the
# working directory; $HOME is an empty one inside it.

: "${UDOCKER_PREFIX:?run this test with tests/run}"
# shellcheck source=tests/lib/base.sh
. "${BASH_SOURCE[0]%/*}/base.sh"

# Sanitized builds: a program that went into a container and then fails cannot
# look for leaks at its end, as its own files are out of reach. Unit tests do;
# a .t whose programs stay outside calls find_leaks.
export ASAN_OPTIONS=detect_leaks=0
find_leaks ()
{
    ASAN_OPTIONS=detect_leaks=1
}

tap_n=0
tap_failed=0

missing ()
{
    skip_all "missing prerequisite: $1"
}

pass ()
{
    tap_n=$((tap_n + 1))
    printf 'ok %d - %s\n' "$tap_n" "$1"
}

fail ()
{
    tap_n=$((tap_n + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_n" "$1"
    shift
    [ $# -eq 0 ] || diag "$@"
}

# ok DESC CMD...: CMD succeeds.
ok ()
{
    local desc=$1 text
    shift
    if text=$("$@" 2>&1); then
        pass "$desc"
    else
        fail "$desc" "failed ($?): $*" "$text"
    fi
}

# not_ok DESC CMD...: CMD fails, by itself and not by a signal.
not_ok ()
{
    local desc=$1 text rc
    shift
    text=$("$@" 2>&1)
    rc=$?
    if [ "$rc" -gt 0 ] && [ "$rc" -lt 128 ]; then
        pass "$desc"
    else
        fail "$desc" "status $rc: $*" "$text"
    fi
}

# is GOT WANT DESC: the same string.
is ()
{
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3" "got:    $1" "wanted: $2"
    fi
}

# like GOT REGEX DESC: an extended regular expression matches in GOT.
like ()
{
    if [[ $1 =~ $2 ]]; then
        pass "$3"
    else
        fail "$3" "got:    $1" "wanted: /$2/"
    fi
}

# unlike GOT REGEX DESC
unlike ()
{
    if [[ $1 =~ $2 ]]; then
        fail "$3" "got:      $1" "unwanted: /$2/"
    else
        pass "$3"
    fi
}

# run CMD...: run it, standard input from $stdin (default /dev/null), and leave
# what it did in $status, $out and $err.
run ()
{
    "$@" < "${stdin:-/dev/null}" > "$scratch/.out" 2> "$scratch/.err"
    status=$?
    out=$(tr -d '\0' < "$scratch/.out")
    err=$(tr -d '\0' < "$scratch/.err")
}

tap_matches ()
{
    case $2 in
    '*') ;;
    =*) [ "$1" = "${2#=}" ] ;;
    '~'*) [[ $1 =~ ${2#'~'} ]] ;;
    '') [ -z "$1" ] ;;
    *) diag "bad pattern '$2'"; return 1 ;;
    esac
}

# run_expect DESC STATUS STDOUT STDERR CMD...: one test of all three. STDOUT
# and STDERR are patterns: '' for nothing at all, '*' for anything, =TEXT for
# exactly this, ~REGEX for an extended regular expression.
run_expect ()
{
    local desc=$1 want=$2 want_out=$3 want_err=$4
    shift 4
    run "$@"
    if [ "$status" = "$want" ] && tap_matches "$out" "$want_out" \
        && tap_matches "$err" "$want_err"; then
        pass "$desc"
    else
        fail "$desc" "command: $*" "status $status, wanted $want" \
            "stdout, wanted '$want_out':" "$out" \
            "stderr, wanted '$want_err':" "$err"
    fi
}

# Skip the whole file, before its first test: skip_all "missing
# prerequisite: X". A reason must be in tests/allowed-skips to pass in CI.
skip_all ()
{
    echo "1..0 # SKIP $1"
    exit 0
}

# Skip one test point.
skip ()
{
    tap_n=$((tap_n + 1))
    printf 'ok %d # SKIP %s\n' "$tap_n" "$1"
}

need_userns ()
{
    as_user unshare --user --mount true 2> "$scratch/.need" \
        || missing "unprivileged user namespaces"
}

done_testing ()
{
    echo "1..$tap_n"
    [ "$tap_failed" -eq 0 ]
    exit
}
