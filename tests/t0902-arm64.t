#!/bin/bash
# user: caller
# Everything builds for arm64, without a warning, and what qemu can run of it does: the unit tests
# and the commands that start no container.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
need aarch64-linux-gnu-gcc qemu-aarch64-static pkg-config apt-get \
    docker-registry curl

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

cd "$UDOCKER_STAGE" || exit # where tests find their fixtures
for unit in "$build"/tests/unit/*; do
    [[ -f $unit && -x $unit ]] || continue
    run arm64 "$unit"
    failed=
    while IFS= read -r line; do
        is_qemus "$line" || failed+=$line
    done < <(grep '^not ok' <<< "$out")
    like "${failed:-$out}" '1\.\.[1-9]' "${unit##*/}" || diag "$err"
done

cd "$scratch" || exit
# An image for each kind of machine; qemu's uname says aarch64.
registry_start
busybox_root root
for arch in arm64 amd64; do
    echo "$arch" > root/etc/arch
    image_push "--platform=linux/$arch" "$registry/two:$arch" root > "$arch"
done
index_push "$registry/two:latest" amd64=linux/amd64 arm64=linux/arm64 > index
udocker=$build/udocker
run_expect "udocker pull" 0 '' '' arm64 "$udocker" pull "$registry/two:latest"
run_expect "udocker create" 0 '~^[0-9a-f-]+$' '' \
    arm64 "$udocker" create --name=two "$registry/two:latest"
run arm64 "$udocker" inspect -p two
is "$(cat "$out/etc/arch")" arm64 "of the image that is for arm64"
run_expect "udocker rm" 0 '' '' arm64 "$udocker" rm two

# qemu has a thread of its own, and so gets no user namespace: N1 cannot run
run_expect "udocker-exec says why it cannot" 125 '' \
    '~^udocker-exec: cannot create a user namespace: [^ ].*$' \
    arm64 "$build/udocker-exec" --location=/ true
run arm64 "$udocker" version
is "$status" 0 "udocker version"
done_testing
