#!/bin/bash
# mpi-image.sh - make the Debian image with Open MPI and MPICH that the MPI
# tests and quickstart run, and keep it for the next time.
#
# usage: mpi-image.sh [--print]
#
# Prints the directory that has it: registry/, a registry's storage with
# demo:latest in it, and bin/, the same MPI programs for the host. Making it
# needs root (debootstrap) and takes a minute or two; with --print nothing is
# made. The directory's name has a hash of what it is made from, so a change
# here makes a new one. $UDOCKER_TEST_CACHE is the place for it.

set -eu

tests=$(cd "${0%/*}/.." && pwd)
cache=${UDOCKER_TEST_CACHE:-/var/cache/udocker-tests}

key ()
{
    (uname -m && cat "$tests/tools/mpi-image.sh" "$tests/lib/image.sh" \
        "$tests/mpi/hello.c") | sha256sum | cut -c 1-16
}

dir=$cache/mpi-$(key)
if [ "${1:-}" = --print ] || [ -d "$dir" ]; then
    echo "$dir"
    exit
fi

export UDOCKER_TEST_USER=
. "$tests/lib/base.sh"
. "$tests/lib/registry.sh"
. "$tests/lib/image.sh"
. "$tests/lib/debian.sh"

# compile CC NAME: for the host, and the same file for the image.
compile ()
{
    "$1" -O2 -Wall -o "$new/bin/$2" "$tests/mpi/hello.c"
}

make_root ()
{
    debian_root "$1" bookworm openmpi-bin,libopenmpi3,libmpich12
    rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* \
        "$1/var/log/bootstrap.log" "${1:?}/dev" "$1/etc/resolv.conf" \
        "$1/etc/hostname"
    mkdir "$1/dev"
}

# Three layers, as an image that was built in steps would have: the system, its
# documentation apart, and the programs.
split_layers ()
{
    mkdir -p "$scratch/share/usr" "$scratch/opt/opt"
    mv "$scratch/root/usr/share" "$scratch/share/usr/share"
    cp "$new"/bin/* "$scratch/opt/opt"
    cp "$new/bin/hello-ompi" "$scratch/opt/opt/hello"
}

main ()
{
    need_root
    need debootstrap docker-registry curl mpicc.openmpi mpicc.mpich
    mkdir -p "$cache"
    exec 9> "$cache/lock"
    flock 9
    [ ! -d "$dir" ] || return 0

    new=$(mktemp -d "$cache/new.XXXXXX")
    at_exit rm -rf "$new"
    mkdir "$new/bin"
    compile mpicc.openmpi hello-ompi
    compile mpicc.mpich hello-mpich
    make_root "$scratch/root"
    split_layers
    registry_start
    image_push --config='{"Cmd":["bash"],"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}' \
        "$registry/demo:latest" "$scratch/root" "$scratch/share" \
        "$scratch/opt" > "$scratch/digest"
    registry_stop
    mv "${registry_log%/log}/storage" "$new/registry"
    chmod -R go+rX "$new"
    mv -T "$new" "$dir"
}

main
echo "$dir"
