#!/bin/bash
# user: caller
# Everything builds for arm64, without a warning, and what qemu can run of it does: the unit tests
# and the commands that start no container.
. "${0%/*}/lib/tap.sh"
need aarch64-linux-gnu-gcc qemu-aarch64-static pkg-config apt-get

build=$scratch/build
sysroot=$("$UDOCKER_SRCDIR/tests/tools/arm64-build.sh" "$build" check-build \
    2> build.log)
status=$?
[ "$status" -ne 77 ] || missing "the packages of Debian's arm64"
is "$status" 0 "configured and built"
if [ "$status" -ne 0 ]; then
    diag "$(tail -n 30 build.log)"
    done_testing
fi
chmod -R go+rX "$scratch"

# shellcheck disable=SC2317  # called by run
arm64 ()
{
    as_user qemu-aarch64-static -L "$sysroot" "$@"
}

# Where qemu answers for itself: access(2) does not look into the sysroot, and
# /proc/PID/stat of the own process has no start time.
is_qemus ()
{
    case $1 in
    *" -   and a loader") ;;
    *" - one of ours, a dead one, one of another host, one unknown") ;;
    *" - the next one collects the dead one alone") ;;
    *) return 1 ;;
    esac
}

cd "$UDOCKER_STAGE" || exit
for unit in "$build"/tests/unit/*; do
    [[ -f $unit && -x $unit ]] || continue
    run arm64 "$unit"
    failed=
    while IFS= read -r line; do
        is_qemus "$line" || failed+=$line
    done < <(grep '^not ok' <<< "$out")
    like "${failed:-$out}" '1\.\.[1-9]' "${unit##*/}" || diag "$err"
done

run arm64 "$build/udocker" --help
is "$status" 0 "udocker --help"
like "$out" "Usage: udocker" "and its text"
run arm64 "$build/udocker" version
is "$status" 0 "udocker version"
done_testing
