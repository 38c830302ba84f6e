#!/bin/bash
# arm64-build.sh - build everything for arm64 with Debian's cross compiler.
#
# usage: arm64-build.sh BUILDDIR TARGET...
#
# Configures BUILDDIR, which is made, for arm64 and makes the TARGETs. Prints
# the directory that has arm64's libraries, for qemu-aarch64-static -L. They
# come as packages from where this machine's apt gets its own, are unpacked
# beside the system, so that nothing on it changes, and kept for the next time
# in $UDOCKER_TEST_CACHE. Needs no root. Status 77: the packages cannot be had.

set -eu

tools=$(cd "${0%/*}" && pwd)
src=${tools%/tests/tools}
cache=${UDOCKER_TEST_CACHE:-/var/cache/udocker-tests}
host=aarch64-linux-gnu
mapfile -t packages < <("$tools/install-packages.sh" --print build \
    | grep '^lib')
packages+=(libasan8 libubsan1)
key=$(printf '%s\n' 1 "${packages[@]}" | sha256sum | cut -c 1-16) # 1: of unpack
sysroot=$cache/arm64-$key

# An apt of its own, that believes to be on an empty arm64 machine.
apt ()
{
    apt-get -q -y -o APT::Architecture=arm64 -o APT::Architectures::=arm64 \
        -o "Dir::State=$new/apt" -o "Dir::State::status=$new/apt/status" \
        -o "Dir::Cache=$new/apt" -o "APT::Sandbox::User=$(id -un)" "$@"
}

download ()
{
    mkdir -p "$new/apt/lists/partial" "$new/apt/archives/partial"
    : > "$new/apt/status"
    apt update && apt --download-only --no-install-recommends install \
        "${packages[@]}"
}

# The links of packages are absolute; a cross linker would leave the sysroot.
unpack ()
{
    local deb link
    for deb in "$new"/apt/archives/*_arm64.deb; do
        dpkg-deb -x "$deb" "$new/root" || return
    done
    find "$new/root" -type l -lname '/*' | while IFS= read -r link; do
        ln -sfnr "$new/root$(readlink "$link")" "$link"
    done
}

make_sysroot ()
{
    mkdir -p "$cache" && new=$(mktemp -d "$cache/new.XXXXXX") || return
    trap 'rm -rf "$new"' EXIT
    { download && unpack; } > "$new/log" 2>&1 || {
        tail -n 20 "$new/log" >&2
        return 1
    }
    # another run may have been faster
    mv -T "$new/root" "$sysroot" 2> "$new/log" || [ -d "$sysroot" ]
}

build ()
{
    mkdir -p "$1"
    cd "$1"
    export PKG_CONFIG_SYSROOT_DIR=$sysroot
    export PKG_CONFIG_LIBDIR=$sysroot/usr/lib/$host/pkgconfig
    PKG_CONFIG_LIBDIR+=:$sysroot/usr/share/pkgconfig
    "$src/configure" -q --host="$host" --enable-developer \
        CC="$host-gcc --sysroot=$sysroot"
    make -s -j "$(nproc)" "${@:2}"
}

[ -d "$sysroot" ] || make_sysroot >&2 || exit 77
build "$@" >&2
echo "$sysroot"
