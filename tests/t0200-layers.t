#!/bin/bash
# Layers made on purpose: what each kind of member becomes, what whiteouts hide,
# and that nothing leaves the root.

. "${0%/*}/lib/tap.sh"
tools=$(cd "${0%/*}/tools" && pwd)
need python3

# layer FILE < SPEC: write a layer (see mklayer.py).
layer ()
{
    "$tools/mklayer.py" "$@"
}

# apply LAYER...: apply them to a new, empty root.
apply ()
{
    chmod -R u+rwX root 2> .chmod
    rm -rf root
    mkdir root
    run "$tools/apply-layers" root "$@"
}

# tree: the root, one line for each entry: type, mode, name, link target, content.
# Files that are one file show the name that comes first.
tree ()
{
    local name type mode target inode text
    declare -A first=()
    (cd "root" && find . -mindepth 1 -printf '%P|%y|%m|%l|%i\n') \
        | LC_ALL=C sort -t '|' -k 1,1 | while IFS='|' read -r name type mode target inode; do
        text=
        if [ "$type" = f ]; then
            text=" $(tr '\0' . < "root/$name")"
        fi
        if [ -n "${first[$inode]}" ]; then
            text=" = ${first[$inode]}"
        fi
        first[$inode]=$name
        echo "$type $mode $name${target:+ -> $target}${text% }"
    done
}

# tree_is DESC < WANT: the layers were applied and this is the result.
tree_is ()
{
    if [ "$status" -eq 0 ]; then
        is "$(tree)" "$(cat)" "$1"
    else
        fail "$1" "status $status" "$err"
    fi
}

# refused REGEX DESC: one line of error, and status 1.
refused ()
{
    if [ "$status" -eq 1 ] && [ "$(wc -l <<< "$err")" -eq 1 ] \
        && [[ $err =~ $1 ]]; then
        pass "$2"
    else
        fail "$2" "status $status" "wanted /$1/" "$err"
    fi
}

# --- members

layer a.tar <<'L'
d 0755 ./
d 0755 ./bin/
f 0755 ./bin/sh shell
f 06755 ./bin/su setuid
l ./bin/bash sh
l ./bin/abs /etc/passwd
h ./bin/ash ./bin/sh
d 0000 ./locked/
f 0000 ./locked/file secret
d 0555 ./ro
f 0444 ./ro/file text
d 01777 ./tmp
p 0600 ./pipe
c ./null
f 0666 ./none/of/these/was/listed deep
L
umask 022
apply a.tar
tree_is 'types, modes and links' <<'W'
d 755 bin
l 777 bin/abs -> /etc/passwd
f 755 bin/ash shell
l 777 bin/bash -> sh
f 755 bin/sh = bin/ash
f 755 bin/su setuid
d 700 locked
f 600 locked/file secret
d 755 none
d 755 none/of
d 755 none/of/these
d 755 none/of/these/was
f 666 none/of/these/was/listed deep
p 600 pipe
d 755 ro
f 644 ro/file text
d 1777 tmp
W
like "$out" 'devices 1 ' 'devices are left out and counted'
want=$(tree)
umask 077
apply a.tar
is "$(tree | grep -v ' none')" "$(grep -v ' none' <<< "$want")" \
    'the umask does not matter'
umask 022
rm -rf root
mkdir root
chmod 2755 root
run "$tools/apply-layers" root a.tar a.tar
is "$(stat -c %a root root/bin root/tmp root/bin/sh | xargs)" \
    '2755 2755 3777 755' 'the group of a directory is inherited'
rm -rf root
mkdir root
# u::rwx,g::---,o::---, as the kernel keeps it
if python3 -c '
import os, struct
acl = struct.pack("<I", 2)
for tag, perm in ((1, 7), (4, 0), (32, 0)):
    acl += struct.pack("<HHI", tag, perm, 0xffffffff)
os.setxattr("root", "system.posix_acl_default", acl)' 2> .need; then
    run "$tools/apply-layers" root a.tar
    is "$(stat -c %a root/bin root/bin/sh root/tmp | xargs)" '755 755 1777' \
        'default ACLs do not matter'
else
    skip 'missing prerequisite: a filesystem with ACLs'
fi
gzip -k a.tar
xz -k a.tar
bzip2 -k a.tar
for file in a.tar.gz a.tar.xz a.tar.bz2; do
    apply "$file"
    is "$(tree)" "$want" "$file"
done
if command -v zstd > .need; then
    zstd -q a.tar
    apply a.tar.zst
    is "$(tree)" "$want" a.tar.zst
else
    skip 'missing prerequisite: zstd'
fi

layer a.tar <<'L'
t 1000000000
d 0755 dir
t 1000000001
f 0644 dir/file
l dir/link file
t 1000000002
f 0644 dir/sub/file
L
apply a.tar
is "$(stat -c %Y root/dir root/dir/file root/dir/link root/dir/sub/file | xargs)" \
    '1000000000 1000000001 1000000001 1000000002' 'times'

layer a.tar <<'L'
x file user.a=b security.capability=c trusted.d=e
L
apply a.tar
like "$out" 'xattrs [23] ' 'extended attributes of others are left out'

long=$(printf 'n%.0s' {1..200})
for format in pax gnu; do
    layer --format=$format a.tar <<L
f 0644 $long/$long/$long text
l link $long/$long/$long
h hard $long/$long/$long
f 0644 caf\\\\xc3\\\\xa9
f 0644 cafe\\\\xcc\\\\x81
f 0644 bad\\\\xff
L
    for locale in C C.UTF-8; do
        LC_ALL=$locale apply a.tar
        is "$(cd root && echo * | cat -v)" \
            "badM-^? cafeM-LM-^A cafM-CM-) hard link $long" \
            "$format names are bytes ($locale)"
    done
    ok "$format long names" cmp root/link "root/$long/$long/$long"
    is "$(stat -c %h root/hard)" 2 "$format long link target"
done

mkdir sparse
truncate -s 10M sparse/hole
echo start | dd of=sparse/hole conv=notrunc status=none
echo middle | dd of=sparse/hole bs=1M seek=5 conv=notrunc status=none
for format in gnu pax; do
    tar --format=$format -S -C sparse -cf a.tar hole
    apply a.tar
    ok "$format sparse file" cmp sparse/hole root/hole
    ok "$format sparse file keeps its holes" \
        [ "$(stat -c %b root/hole)" -lt 1000 ]
done

layer a.tar <<'L'
f 0644 a one
f 0644 a two
f 0644 dir file
d 0755 dir
f 0644 dir/x in-dir
f 0644 x/y z
l x elsewhere
f 0644 l/x one
d 0700 y/
d 0750 y/
h a a
L
apply a.tar
tree_is 'members twice' <<'W'
f 644 a two
d 755 dir
f 644 dir/x in-dir
d 755 l
f 644 l/x one
l 777 x -> elsewhere
d 750 y
W

# --- over what is there

layer 1.tar <<'L'
d 0755 etc
f 0644 etc/passwd one
h etc/passwd- etc/passwd
f 0644 file file
d 0755 dir/sub
f 0644 dir/sub/file below
l link dir
d 0755 keep
f 0644 keep/file keep
L
layer 2.tar <<'L'
f 0600 etc/passwd two
d 0755 file
f 0644 file/x in-dir
f 0644 dir now-a-file
d 0755 link
f 0644 link/file not-a-link
d 0700 keep
h keep/hard keep/file
h keep/link link/file
L
apply 1.tar 2.tar
tree_is 'types change, links across layers' <<'W'
f 644 dir now-a-file
d 755 etc
f 600 etc/passwd two
f 644 etc/passwd- one
d 755 file
f 644 file/x in-dir
d 700 keep
f 644 keep/file keep
f 644 keep/hard = keep/file
f 644 keep/link not-a-link
d 755 link
f 644 link/file = keep/link
W

layer 2.tar <<'L'
f 0644 link/new through
L
apply 1.tar 2.tar
is "$(cat root/dir/new)" through 'a link to a directory is followed inside'

layer 1.tar <<'L'
l abs /run
l up ../../../srv
l loop loop
L
layer 2.tar <<'L'
f 0644 abs/x abs
f 0644 up/y up
L
apply 1.tar 2.tar
tree_is 'dangling links to directories' <<'W'
l 777 abs -> /run
l 777 loop -> loop
d 755 run
f 644 run/x abs
d 755 srv
f 644 srv/y up
l 777 up -> ../../../srv
W
echo 'f 0644 loop/x' | layer 3.tar
apply 1.tar 3.tar
refused "'loop/x'|'/?loop'.*Too many" 'a loop of links'

# --- whiteouts

layer 1.tar <<'L'
d 0755 ./
f 0644 ./a a
d 0755 ./dir
f 0644 ./dir/a below
f 0644 ./dir/b below
d 0755 ./dir/sub
f 0644 ./dir/sub/a below
f 0644 ./dir/sub/b below
f 0644 ./top top
L
for dot in '' ./; do
    layer 2.tar <<L
f 0644 $dot.wh.a
f 0644 ${dot}dir/.wh.sub
f 0644 ${dot}.wh.top
f 0644 ${dot}.wh.nothing
f 0644 ${dot}nowhere/.wh.nothing
f 0644 ${dot}dir/.wh..wh.plnk
L
    apply 1.tar 2.tar
    tree_is "whiteouts, names with '$dot'" <<'W'
d 755 dir
f 644 dir/a below
f 644 dir/b below
W
    layer 2.tar <<L
f 0644 $dot.wh..wh..opq
f 0644 ${dot}new new
L
    apply 1.tar 2.tar
    tree_is "opaque root, names with '$dot'" <<'W'
f 644 new new
W
    layer 2.tar <<L
f 0644 ${dot}new new
f 0644 ${dot}dir/sub/c above
f 0644 $dot.wh..wh..opq
L
    apply 1.tar 2.tar
    tree_is "opaque root, marker last, names with '$dot'" <<'W'
d 755 dir
d 755 dir/sub
f 644 dir/sub/c above
f 644 new new
W
done

layer before.tar <<'L'
f 0644 dir/.wh..wh..opq
d 0755 dir
f 0644 dir/b above
f 0644 dir/sub/c above
L
layer after.tar <<'L'
d 0755 dir
f 0644 dir/sub/c above
f 0644 dir/b above
f 0644 dir/.wh..wh..opq
L
layer between.tar <<'L'
f 0644 dir/b above
f 0644 dir/.wh..wh..opq
f 0644 dir/sub/c above
d 0755 dir
L
layer named.tar <<'L'
f 0644 dir/b above
f 0644 dir/sub/c above
f 0644 .wh.dir
d 0755 dir
L
for file in before after between named; do
    apply 1.tar "$file.tar"
    tree_is "a marker hides only what is below: $file" <<'W'
f 644 a a
d 755 dir
f 644 dir/b above
d 755 dir/sub
f 644 dir/sub/c above
f 644 top top
W
done
layer 2.tar <<'L'
f 0644 a above
f 0644 .wh.a
L
apply 1.tar 2.tar
is "$(cat root/a)" above "a layer's whiteout leaves its own file"
layer 3.tar <<'L'
f 0644 .wh..wh..opq
f 0644 .wh.a
L
apply 1.tar 2.tar 3.tar
is "$(tree)" '' 'everything hidden'

for name in .wh. .wh.. .wh... dir/.wh...; do
    echo "f 0644 $name" | layer 2.tar
    apply 1.tar 2.tar
    refused "'$name' hides nothing" "refused: $name"
done

# --- out of the root

mkdir outside
echo precious > outside/file
for name in ../../x ../outside/file dir/../../x /../x .. 'dir/sub/../../../x'; do
    echo "f 0644 $name" | layer 2.tar
    apply 1.tar 2.tar
    refused "'$name' points outside the container" "refused: $name"
done
echo 'h x ../outside/file' | layer 2.tar
apply 1.tar 2.tar
refused "points outside" 'refused: a hard link to the outside'
echo 'h x nothing' | layer 2.tar
apply 1.tar 2.tar
refused "cannot link 'x' to 'nothing': No such file" 'hard link to nothing'
echo 'h x dir' | layer 2.tar
apply 1.tar 2.tar
refused "cannot link 'x' to 'dir': Operation not permitted" \
    'hard link to a directory'
echo 'f 0644 /x/../y text' | layer 2.tar
apply 2.tar
tree_is 'absolute names are below the root' <<'W'
f 644 y text
W
echo 'l . x' | layer 2.tar
apply 2.tar
refused "is not a directory" 'the root as a link'
echo 'f 0644 a/x' | layer 2.tar
apply 1.tar 2.tar
refused "'a'.*Not a directory" 'a file where a directory should be'
(for _ in {1..300}; do printf d/; done) > deep
echo "f 0644 $(cat deep)x" | layer 2.tar
apply 2.tar
refused 'File name too long' 'names of any depth'
(for _ in {1..50}; do printf %s/ "$long"; done) > deep
echo "f 0644 $(cat deep)x" | layer 2.tar
apply 2.tar
refused 'File name too long' 'names of any length'

# --- broken layers, full disks

head -c 3000000 /dev/urandom > random
tar -cf whole.tar random
for tool in gzip xz bzip2 zstd; do
    command -v $tool > .need || continue
    $tool < whole.tar > "whole.$tool"
    head -c 2000000 "whole.$tool" > cut.gz
    apply cut.gz
    refused "cannot read ('random' from )?the layer: .*" "cut off: $tool"
    head -c 30 "whole.$tool" > cut.gz
    apply cut.gz
    refused 'cannot read the layer: ' "cut off at once: $tool"
done
head -c 200000 whole.tar > cut.gz
apply cut.gz
refused "cannot read 'random' from the layer: " 'cut off: tar'
: > empty
apply empty
refused 'is empty' 'a file of no bytes'
apply random
refused 'Unrecognized archive format' 'something else'
gzip < random > random.gz
apply random.gz
refused 'Unrecognized archive format' 'something else, compressed'
head -c 10240 /dev/zero | gzip > nothing.gz
apply nothing.gz
is "$status$(tree)" 0 'a layer of no members'

truncate -s 1T huge
tar -S -cf huge.tar huge
apply huge.tar
is "$(stat -c '%s %b' root/huge)" '1099511627776 0' 'a file of nothing but a hole'

# shellcheck disable=SC2016  # expanded by the inner shell
if as_user unshare --user --map-root-user --mount true 2> .need; then
    run as_user unshare --user --map-root-user --mount sh -c '
        mount -t tmpfs -o size=1m tmpfs root && exec "$@"' sh \
        "$tools/apply-layers" root whole.gzip
    refused "cannot write 'random': No space left on device" 'a full disk'
    run as_user unshare --user --map-root-user --mount sh -c '
        mount -t tmpfs -o nr_inodes=3 tmpfs root && exec "$@"' sh \
        "$tools/apply-layers" root a.tar
    refused "cannot create .*: No space left on device" 'no more inodes'
else
    skip 'missing prerequisite: unprivileged user namespaces'
fi

# --- ways out by links, with the kernel's openat2 and without it

layer escape.tar <<L
l abs $scratch/outside
f 0644 abs/file evil
l rel ../outside
f 0644 rel/file evil
l up ..
f 0644 up/outside/file evil
l last $scratch/outside/file
f 0644 last evil
l hl ../outside/file
h hard hl
f 0644 hard evil
l d1 ../outside
d 0777 d1
f 0644 d1/file evil
l d2 ../outside
f 0644 d2/.wh.file
f 0644 d2/.wh..wh..opq
l d3 ../outside
h d4 d3/file
L
layer lower.tar <<L
l abs $scratch/outside
l rel ../outside
l up ../../../../../../../../$scratch
l dd ../outside
L
layer upper.tar <<'L'
f 0644 abs/.wh..wh..opq
f 0644 rel/.wh.file
f 0644 up/outside/.wh.file
f 0644 up/.wh.outside
f 0644 .wh..wh..opq
f 0644 dd/file evil
L
for deny in '' "$tools/deny openat2=38" "$tools/deny openat2=1"; do
    rm -rf root
    mkdir root
    # shellcheck disable=SC2086  # a command and its argument
    run $deny "$tools/apply-layers" root escape.tar
    is "$(cat outside/*)" precious "nothing outside was touched ($deny)"
    is "$(stat -c %a outside)" 755 "nor its mode ($deny)"
    rm -rf root
    mkdir root
    # shellcheck disable=SC2086
    run $deny "$tools/apply-layers" root lower.tar upper.tar
    is "$(cat outside/*)" precious "nor by whiteouts ($deny)"
done

done_testing
