# shellcheck shell=bash disable=SC2154 # variables of base.sh
# badregistry.sh - start tests/tools/badregistry.py. Source tap.sh first.

# badregistry_start [--tls=CERT]: sets $bad, $other and $socks to HOST:PORT of
# the three servers, and $bad_log to the log of requests. Stopped at exit.
badregistry_start ()
{
    local dir ports
    need python3
    dir=$(mktemp -d "$scratch/bad.XXXXXX")
    bad_log=$dir/log
    python3 "${BASH_SOURCE[0]%/*}/../tools/badregistry.py" "$dir/ports" \
        "$bad_log" "$@" < /dev/null > "$dir/out" 2>&1 &
    at_exit stop_pid $!
    if ! wait_for 20 test -s "$dir/ports"; then
        diag "badregistry.py does not start:" "$(cat "$dir/out")"
        exit 1
    fi
    read -r -a ports < "$dir/ports"
    # shellcheck disable=SC2034  # for the caller
    bad=127.0.0.1:${ports[0]} other=127.0.0.1:${ports[1]} \
        socks=127.0.0.1:${ports[2]}
}
