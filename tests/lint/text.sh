#!/bin/bash
# text.sh - what no file of the project may say: places of the machine that it
# was written on, hosts of package registries, notes to oneself.
#
# usage: text.sh FILE...
#
# The patterns are written so that they do not match themselves.

set -u

rc=0
refuse ()
{
    local why=$1 pattern=$2
    shift 2
    if grep -HnIE -e "$pattern" -- "$@"; then
        echo "$why"
        rc=1
    fi
}

refuse "a path of one machine" \
    '(^|[^A-Za-z0-9_.$}/-])/(work|farm|Users|home/[a-z]+/(src|git|work))/' "$@"
here=$(pwd -P)
[[ $here != /*/*/* ]] || refuse "the path of this checkout" "${here//./[.]}/" "$@"
refuse "the host of a package registry" \
    '(deb|security|ftp|archive)[.](debian|ubuntu)[.](org|com)|pypi[.]org|pythonhosted[.]|registry[.]npmjs|nodesource[.]|crates[.]io|mirror[s]?[.][a-z]+[.]' "$@"
refuse "a note to oneself" '(^|[^A-Za-z0-9_])(TOD[O]|FIXM[E]|XX[X]|HAC[K])($|[^A-Za-z0-9_])' "$@"
exit "$rc"
