# shellcheck shell=bash
# base.sh - what every script of the tests stands on: a scratch directory that
# goes away, clean-up hooks, the unprivileged test user, waiting and stopping.
# Used by tap.sh, and by scripts that are no tests.
#
# Sets $scratch, a private directory that is removed at the end. Reads
# $UDOCKER_TEST_USER, the unprivileged user; empty where the caller is one.

exit_hooks=()

# at_exit CMD...: run CMD at the end, the last one registered first.
at_exit ()
{
    exit_hooks=("$(printf '%q ' "$@")" "${exit_hooks[@]}")
}

cleanup ()
{
    local rc=$? hook
    trap - EXIT
    trap '' INT TERM HUP
    for hook in "${exit_hooks[@]}"; do
        eval "$hook" >&2
    done
    cd /
    chmod -R u+rwX "$scratch" 2> "$scratch/.chmod"
    rm -rf "$scratch"
    exit "$rc"
}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/t.XXXXXX") || exit 1
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export HOME=$scratch/home
mkdir "$HOME"
if [ "$(id -u)" -eq 0 ] && [ -n "$UDOCKER_TEST_USER" ]; then
    chmod 755 "$scratch"
    chown "$UDOCKER_TEST_USER:" "$HOME"
fi
cd "$scratch" || exit 1

# Text for the reader of the log, never part of the result.
diag ()
{
    printf '%s\n' "$@" | sed 's/^/# /' >&2
}

# missing WHAT: end, because WHAT is not here. tap.sh makes it a skip.
missing ()
{
    diag "${0##*/}: missing prerequisite: $1"
    exit 1
}

# need PROGRAM...: skip the file unless these programs are here.
need ()
{
    local p
    for p in "$@"; do
        command -v "$p" > "$scratch/.need" \
            || missing "$p"
    done
}

need_root ()
{
    [ "$(id -u)" -eq 0 ] || missing root
}

# as_user CMD...: run CMD as the unprivileged test user, for whom the copies of
# the tests are the source tree; in the test user's own tests it just runs it.
as_user ()
{
    if [ "$(id -u)" -eq 0 ] && [ -n "$UDOCKER_TEST_USER" ]; then
        setpriv --reuid="$UDOCKER_TEST_USER" --init-groups \
            --regid="$(id -g "$UDOCKER_TEST_USER")" \
            env USER="$UDOCKER_TEST_USER" LOGNAME="$UDOCKER_TEST_USER" \
            ${UDOCKER_STAGE:+"UDOCKER_SRCDIR=$UDOCKER_STAGE"} "$@"
    else
        "$@"
    fi
}

# wait_for SECONDS CMD...: until CMD succeeds; fails when it never does.
wait_for ()
{
    local n=$(($1 * 10))
    shift
    until "$@" > "$scratch/.wait" 2>&1; do
        n=$((n - 1))
        [ "$n" -gt 0 ] || return 1
        sleep 0.1
    done
}

# gone PID: it ended. A zombie that nobody reaped counts as gone.
gone ()
{
    local state
    state=$(sed 's/.*) //' "/proc/$1/stat" 2> "$scratch/.gone") || return 0
    case $state in
    '' | Z* | X*) ;;
    *) return 1 ;;
    esac
}

# stop_pid PID: end a process that this test started.
stop_pid ()
{
    gone "$1" && return
    kill "$1"
    wait_for 10 gone "$1" || kill -9 "$1"
}

