#!/bin/bash
# user: caller
# configure tells at once all that is missing, and where to get it.
. "${0%/*}/lib/tap.sh"
configure=$UDOCKER_SRCDIR/configure
need pkg-config

# as on a machine with a compiler and nothing else
run env PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="$scratch" "$configure" -q
is "$status" 1 "without libraries it fails"
while read -r library debian redhat; do
    like "$err" "${library}[^:]*: Debian $debian, Red Hat $redhat( |$|"$'\n'")" \
        "and names $library"
done << 'LIBRARIES'
libcurl libcurl4-openssl-dev libcurl-devel
libarchive libarchive-dev libarchive-devel
jansson libjansson-dev jansson-devel
libseccomp libseccomp-dev libseccomp-devel
libcrypto libssl-dev openssl-devel
hwloc libhwloc-dev hwloc-devel
pmix libpmix-dev pmix-devel
LIBRARIES
like "$err" "hwloc.*--without-hwloc.*pmix.*--without-pmix" \
    "and how to do without"
is "$(grep -c '^configure: error' <<< "$err")" 1 "in one message"

run env PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR="$scratch" "$configure" -q \
    --without-hwloc --without-pmix
unlike "$err" "hwloc|pmix" "what is left out is not missed"

# a header that is not there: the compiler finds none for SLURM
mkdir slurm
echo '#error not here' > slurm/spank.h
mkdir with && cd with || exit
run "$configure" -q CPPFLAGS="-I$scratch"
is "$status" 1 "without SLURM's headers it fails"
like "$err" "slurm/spank.h: Debian libslurm-dev, Red Hat slurm-devel" \
    "and names them"
ok "a failure leaves no Makefile" [ ! -e Makefile ]
done_testing
