#!/bin/bash
# Stacks of layers give the tree that umoci makes of them.

. "${0%/*}/lib/tap.sh"
tools=$(cd "${0%/*}/tools" && pwd)
need python3 umoci

# How many stacks, and which is the first one.
stacks=${UDOCKER_TEST_STACKS:-40}
seed=${UDOCKER_TEST_SEED:-1}

# by_umoci LAYER...: unpack them to bundle/rootfs.
by_umoci ()
{
    local layer
    rm -rf layout bundle
    umoci init --layout layout
    umoci new --image layout:x
    for layer; do
        umoci raw add-layer --image layout:x "$layer" || return
    done
    umoci unpack --rootless --image layout:x bundle
}

# tree DIR: type, mode, time of files, name, link target, content, and of files
# that are one the name that comes first.
tree ()
{
    local name type mode time target inode
    declare -A first=()
    (cd "$1" && find . -mindepth 1 -printf '%P|%y|%m|%T@|%l|%i\n') \
        | LC_ALL=C sort -t '|' -k 1,1 \
        | while IFS='|' read -r name type mode time target inode; do
            [ "$type" != d ] || time=
            : "${first[$inode]:=$name}"
            echo "$type|$mode|${time%.*}|$name|$target|${first[$inode]}"
            [ "$type" != f ] || cat "$1/$name"
        done
}

umask 022
for ((n = seed; n < seed + stacks; n++)); do
    rm -rf layers root
    mkdir layers root
    "$tools/random-layers.py" "$n" layers
    if ! by_umoci layers/*.tar > umoci.log 2>&1; then
        fail "stack $n: umoci" "$(tail -3 umoci.log)"
        continue
    fi
    run "$tools/apply-layers" root layers/*.tar
    if [ "$status" -ne 0 ]; then
        fail "stack $n" "$err"
        continue
    fi
    tree bundle/rootfs > want
    tree root > got
    if cmp -s want got; then
        pass "stack $n: $(wc -l < got) lines"
    else
        fail "stack $n" "$(diff want got)"
    fi
done

done_testing
