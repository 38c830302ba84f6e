#!/bin/bash
# install-packages.sh - install Debian packages that are not there yet.
#
# usage: install-packages.sh [--print] GROUP...        build, demo, check
#
# With --print only lists them.
# Uses sudo when the caller is not root. The network is used only when
# something is missing. Daemons that come with the packages are not started.

set -eu

# shellcheck disable=SC2034  # the groups are read by name
{
# What builds udocker.
build=(gcc make autoconf automake pkg-config libc6-dev libcurl4-openssl-dev
    libarchive-dev libjansson-dev libseccomp-dev libssl-dev libhwloc-dev
    libpmix-dev libslurm-dev)

# A registry, an image with MPI programs, and their launchers.
demo=(ca-certificates curl debootstrap docker-registry libmpich-dev
    libopenmpi-dev mpich openmpi-bin procps)

# What the tests and the lint need beyond that.
check=(busybox-static bzip2 clang-format gcc-aarch64-linux-gnu git jq man-db
    munge openssl perl python3 qemu-user-static shellcheck skopeo slurm-client
    slurmctld slurmd slurm-wlm-basic-plugins umoci xz-utils zstd)
}

print=no
if [ "${1:-}" = --print ]; then
    print=yes
    shift
fi
packages=()
for group; do
    declare -n list=$group
    packages+=("${list[@]}")
done
if [ "$print" = yes ]; then
    printf '%s\n' "${packages[@]}"
    exit
fi

installed ()
{
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>&1)" = installed ]
}

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "installing: ${missing[*]}"
root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || {
        echo "${0##*/}: run as root, or install sudo" >&2
        exit 1
    }
    root=(sudo)
fi

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap '"${root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' \
        | "${root[@]}" install -m 755 /dev/stdin "$policy"
fi
apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}"
