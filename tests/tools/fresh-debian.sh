#!/bin/bash
# fresh-debian.sh - try a command of this tree on a bare Debian machine.
#
# usage: fresh-debian.sh [--user] COMMAND...
#
# As root: takes the smallest Debian 12 that debootstrap knows, clones the last
# commit into it and runs COMMAND from the top of the clone, in mount, pid and
# UTS namespaces, so that nothing stays behind. With --user it runs as a user
# who has sudo. The kernel, /dev, /sys and the network are this machine's. The
# bare system is made once and kept in $UDOCKER_TEST_CACHE.
#
#     tests/tools/fresh-debian.sh ./quickstart
#     tests/tools/fresh-debian.sh --user ./check

set -eu

tests=$(cd "${0%/*}/.." && pwd)
cache=${UDOCKER_TEST_CACHE:-/var/cache/udocker-tests}
export UDOCKER_TEST_USER=
. "$tests/lib/base.sh"
. "$tests/lib/debian.sh"

need_root
need debootstrap git unshare pivot_root
user=root
if [ "${1:-}" = --user ]; then
    user=someone
    shift
fi

# Bare, but for git, which brought the clone, and sudo, which a user needs.
bare=$cache/bare-bookworm.tar
if [ ! -e "$bare" ]; then
    mkdir -p "$cache"
    debian_root "$scratch/bare" bookworm ca-certificates,git,sudo
    tar -C "$scratch/bare" -cf "$bare.$$" .
    mv "$bare.$$" "$bare"
fi

root=$scratch/root
mkdir "$root"
tar -C "$root" -xf "$bare"
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
git clone -q "$tests/.." "$root/udocker"
if [ "$user" != root ]; then
    chroot "$root" useradd --create-home --shell /bin/bash "$user"
    echo "$user ALL=(ALL) NOPASSWD: ALL" > "$root/etc/sudoers.d/$user"
    mv "$root/udocker" "$root/home/$user/udocker"
    chroot "$root" chown -R "$user:" "/home/$user/udocker"
else
    mv "$root/udocker" "$root/root/udocker"
fi

# A chroot would not do: the kernel gives it no user namespaces.
# shellcheck disable=SC2016  # expanded by the inner shell
unshare --mount --pid --uts --fork --kill-child --propagation private \
    bash -euc '
    root=$1 user=$2
    shift 2
    hostname fresh
    echo "127.0.0.1 localhost fresh" > "$root/etc/hosts"
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /sys "$root/sys"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    cd "$root"
    pivot_root . .
    umount -l .
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin CI="${CI:-}" TERM=dumb \
        su -s /bin/bash "$user" -c "cd && cd udocker && exec \"\$@\"" -- \
        bash "$@"' fresh "$root" "$user" "$@"
