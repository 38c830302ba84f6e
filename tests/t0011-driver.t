#!/bin/bash
# user: caller
# tests/run itself: a skip that is not allowed fails in CI, an allowed one and
# everything else goes through; who runs a test; what runs too long ends.
. "${0%/*}/lib/tap.sh"

tests=${0%/*}
mkdir -p stage/tests
printf '# why\nmissing prerequisite: allowed\n' > stage/tests/allowed-skips
cp "$tests/lib" stage/tests/ -R
chmod -R go+rX stage

# one STRICT [VARIABLE=VALUE...]: run the script on standard input as a test
one ()
{
    local strict=$1
    shift
    cat > stage/one.t
    chmod 755 stage/one.t
    # shellcheck disable=SC2016 # expanded by the inner shell
    run env "UDOCKER_STAGE=$PWD/stage" "$@" bash -c \
        'cd "$0" && exec "$1" --one "$2" one.t' "$PWD/stage" "$tests/run" \
        "$strict"
}

one yes << 'T'
#!/bin/sh
echo "1..0 # SKIP missing prerequisite: allowed"
T
is "$out" "1..0 # SKIP missing prerequisite: allowed" "an allowed skip"
one yes << 'T'
#!/bin/sh
echo "1..0 # SKIP missing prerequisite: other"
T
is "$out" "1..1
not ok 1 - skipped in CI: missing prerequisite: other" "another skip fails"
one yes << 'T'
#!/bin/sh
echo "ok 1 - # of things"
echo "ok 2 # skip missing prerequisite: allowed"
echo "ok 3 # skip because"
echo "1..3"
exit 3
T
is "$out" "ok 1 - # of things
ok 2 # skip missing prerequisite: allowed
not ok 3 - skipped in CI: because
1..3" "skips of one test point"
is "$status" 3 "the exit status goes through"
one no << 'T'
#!/bin/sh
echo "1..0 # SKIP missing prerequisite: other"
T
is "$out" "1..0 # SKIP missing prerequisite: other" "any skip outside of CI"

one no << 'T'
#!/bin/bash
id -u
T
is "$out" "$(as_user id -u)" "a test runs as the unprivileged user"
one no << 'T'
#!/bin/bash
# user: caller
id -u
T
is "$out" "$(id -u)" "one for the caller as the caller"

one no UDOCKER_TEST_TIMEOUT=1 << 'T'
#!/bin/bash
. "${0%/*}/tests/lib/tap.sh"
at_exit echo "cleaned up"
sleep 60 &
echo "sleeper $!"
wait
T
is "$status" 124 "what takes too long is ended"
like "$err" 'cleaned up' "  and cleans up"
ok "  with what it started" gone "$(sed -n 's/^sleeper //p' <<< "$out")"
done_testing
