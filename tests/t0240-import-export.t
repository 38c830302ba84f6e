#!/bin/bash
# clone, export, import: the same tree comes out that went in, or nothing.
. "${0%/*}/lib/tap.sh"
tools=$(cd "${0%/*}/tools" && pwd)
need python3 gzip xz zstd bzip2
find_leaks

export UDOCKER_DIR=$scratch/repo
containers=$UDOCKER_DIR/containers
uuid='[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

# listing DIR: everything that a copy has to keep.
listing ()
{
    python3 - "$1" <<'P'
import hashlib, os, stat, sys
top, links = os.fsencode(sys.argv[1]), {}
for path, dirs, files in os.walk(top):
    dirs.sort()
    for name in [b'.'] + sorted(files + [d for d in dirs
                                if os.path.islink(os.path.join(path, d))]):
        file = os.path.join(path, name)
        st = os.lstat(file)
        what = [os.path.relpath(file, top), oct(st.st_mode), st.st_mtime_ns]
        if stat.S_ISLNK(st.st_mode):
            what.append(os.readlink(file))
        elif stat.S_ISREG(st.st_mode):
            what += [st.st_size, links.setdefault(st.st_ino, file[len(top):]),
                     hashlib.sha256(open(file, 'rb').read()).hexdigest()]
        if not stat.S_ISLNK(st.st_mode):
            what.append([(n, os.getxattr(file, n))
                         for n in sorted(os.listxattr(file))
                         if n.startswith('user.')])
        print(what)
P
}

state ()
{
    find "$UDOCKER_DIR" -path '*/ROOT' -prune -o -print | sort
    ls -A "$UDOCKER_DIR/.udocker/stage"
}

# fails DESC TEXT CMD...: status 1, just this line on stderr, nothing changed.
fails ()
{
    local desc=$1 text=$2 before
    before=$(state)
    shift 2
    run_expect "$desc" 1 '' "=udocker: $text" "$@"
    is "$(state)" "$before" '  and nothing changed'
}

# same NAME DESC: that container has the tree of the first one.
same ()
{
    listing "$containers/$1/ROOT" > got
    ok "$2" diff tree got
}

mkdir -p base/{etc,dir/sub,ro}
echo text > base/etc/motd
tar -C base -cf base.tar .
run_expect 'import' 0 '' '' udocker import base.tar base:1
run_expect 'create' 0 "~^$uuid\$" '' udocker create --name=orig base:1
root=$containers/orig/ROOT
python3 - "$root" <<'P'
import os, sys
os.chdir(os.fsencode(sys.argv[1]))
os.link('etc/motd', 'dir/hard')
os.symlink('/etc/motd', 'dir/link')
os.symlink('nowhere', 'link')
os.link('link', 'link2', follow_symlinks=False)
os.mkfifo('fifo', 0o640)
os.chmod('dir', 0o1751)
open('empty', 'w')
for name in 'ümlaut'.encode(), b'bad\xff', b'n' * 255, b'new\nline':
    open(name, 'wb').write(name)
deep = '/'.join(['d' * 100] * 12)
os.makedirs(deep)
open(deep + '/file', 'w').write('deep')
with open('sparse', 'wb') as f:
    f.truncate(40 << 20)
    for at in 1 << 20, 20 << 20:
        f.seek(at)
        f.write(b'data')
open('hole', 'wb').truncate(30 << 20)
with open('large', 'wb') as f:
    f.write(os.urandom(3 << 20))
try:
    os.setxattr('large', 'user.test', b'\0value')
    os.setxattr('dir', 'user.dir', b'value')
except OSError:
    pass
os.utime('etc/motd', ns=(1, 1234567890123456789))
os.utime('dir/link', ns=(1, 1500000000500000000), follow_symlinks=False)
os.utime('dir', (1, 1600000000))
os.utime('.', (1, 1600000001))
P
chmod 0500 "$root/ro"
listing "$root" > tree
echo P1 > "$containers/orig/execmode"
touch "$containers/orig/PROTECT"
blocks=$(du -sk "$root" | cut -f 1)

# few NAME DESC: the copy takes no more room, since holes stay holes.
few ()
{
    ok "$2" [ "$(du -sk "$containers/$1/ROOT" | cut -f 1)" \
        -le $((blocks + 1000)) ]
}

# --- clone

run_expect 'clone' 0 "~^$uuid\$" '' udocker clone --name=copy orig
id=$out
is "$(readlink "$containers/copy")" "$id" 'it has the name'
same copy 'the copy has the same tree'
few copy 'holes stay holes'
is "$(ls -A "$containers/copy/")" \
    "$(printf '%s\n' ROOT container.json execmode imagerepo.name)" \
    'and the metadata, but for the protection'
for file in container.json execmode imagerepo.name; do
    ok "  $file" cmp "$containers/orig/$file" "$containers/copy/$file"
done
run_expect 'clone without a name, by id' 0 "~^$uuid\$" '' udocker clone "$id"
unnamed=$out
unlike "$(find "$containers" -type l -printf '%l ')" "$unnamed" 'it has none'
echo other > "$containers/copy/ROOT/etc/motd"
is "$(cat "$containers/copy/ROOT/dir/hard")" other 'its links are its own'
same orig 'the original does not change with it'
same "$unnamed" 'nor the other copy'
fails 'a name in use' "name 'orig' is in use" udocker clone --name=orig copy
fails 'no name' "'a/b' cannot be the name of a container: it may not have\
 blanks, '/', '.', '[' or ']'" udocker clone --name=a/b copy
fails 'no container' "no container 'none' here ('udocker ps' lists them)" \
    udocker clone none
if [ "$(id -u)" -ne 0 ]; then
    chmod 000 "$containers/copy/ROOT/etc/motd"
    fails 'a file that cannot be read' \
        "cannot clone 'copy': cannot read 'ROOT/dir/hard': Permission denied" \
        udocker clone copy
fi
for deny in copy_file_range=38 copy_file_range=18,ioctl=25 linkat=1; do
    case $deny in
    linkat*) fails "$deny: told" "cannot clone 'orig': cannot copy\
 'ROOT/etc/motd': Operation not permitted" "$tools/deny" $deny \
        udocker clone orig ;;
    *)
        run_expect "$deny: clone" 0 "~^$uuid\$" '' \
            "$tools/deny" $deny udocker clone --name=denied orig
        same denied "$deny: the same tree"
        few denied "$deny: holes stay holes"
        run_expect "$deny: rm" 0 '' '' udocker rm -f denied
        ;;
    esac
done
before=$(state)
for ((n = 1; n <= 15; n++)); do
    udocker clone --name=killed orig > killed 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((n * 3)))"
    kill -9 $pid 2> .kill
    wait $pid 2> .kill
    [ ! -s killed ] || udocker rm -f killed
done 2> .kill
run_expect 'clone after 15 that were killed' 0 "~^$uuid\$" '' \
    udocker clone --name=killed orig
same killed 'the same tree'
udocker rm -f killed
is "$(state)" "$before" 'nothing is left of the others'
run_expect 'both go' 0 '' '' udocker rm -f copy "$unnamed"

# --- export and import

run_expect 'export -o' 0 '' '' udocker export -o orig.tar orig
udocker export orig > out.tar
ok 'export to stdout is the same' cmp orig.tar out.tar
udocker export - orig > dash.tar
ok 'and by a dash' cmp orig.tar dash.tar
udocker export -o - orig > dash.tar
ok 'and by -o -' cmp orig.tar dash.tar
mkfifo pipe
cat pipe > dash.tar &
run_expect 'a pipe is written to' 0 '' '' udocker export -o pipe orig
wait $!
ok 'as it is' cmp orig.tar dash.tar
ok 'it is a pipe still' [ -p pipe ]
ok 'the tar has holes' [ "$(stat -c %s orig.tar)" -lt 5000000 ]
mkdir tar
tar -C tar -xf orig.tar 2> tar.err
is "$(cd tar && find . | sort | sha256sum)" \
    "$(cd "$root" && find . | sort | sha256sum)" 'tar has the same names'
chmod 755 tar/ro
like "$(tar -tvf orig.tar 2> tar.err)" '-rw-r--r-- root/root +0 .* empty' \
    'files are of root'

# imported DESC IMAGE: a container of it is the same.
imported ()
{
    run_expect "$1: create" 0 "~^$uuid\$" '' udocker create --name=new "$2"
    # the owner may write in all directories
    chmod 0500 "$containers/new/ROOT/ro"
    same new "$1: the same tree"
    few new "$1: holes stay holes"
    run_expect "$1: rm" 0 '' '' udocker rm -f new
}

# blob FILE: as what it is in the repository
blob ()
{
    echo "$UDOCKER_DIR/layers/sha256:$(sha256sum < "$1" | cut -d ' ' -f 1)"
}

diff_id=sha256:$(sha256sum < orig.tar | cut -d ' ' -f 1)
for how in cat gzip xz zstd bzip2; do
    $how < orig.tar > "$how.tar"
    run_expect "$how: import" 0 '' '' udocker import "$how.tar" "a/b:$how"
    imported "$how" "a/b:$how"
    run_expect "$how: verify" 0 '' '' udocker verify "a/b:$how"
    ok "$how: the layer is the tar" cmp "$how.tar" "$(blob "$how.tar")"
    like "$(udocker inspect "a/b:$how")" \
        "\"diff_ids\": \[[[:space:]]+\"$diff_id\"" "$how: its diff_id"
done
python3 - "$UDOCKER_DIR" > manifests <<'P'
import hashlib, json, os, sys
for how in 'cat', 'gzip', 'xz', 'zstd', 'bzip2':
    manifest = json.load(open(f'{sys.argv[1]}/repos/a/b/{how}/manifest'))
    for part in [manifest['config']] + manifest['layers']:
        blob = open(f"{sys.argv[1]}/layers/{part['digest']}", 'rb').read()
        assert len(blob) == part['size']
        assert 'sha256:' + hashlib.sha256(blob).hexdigest() == part['digest']
    print(how, manifest['layers'][0]['mediaType'].split('.')[-1])
P
is "$(cat manifests)" "$(printf '%s\n' 'cat tar' 'gzip tar+gzip' 'xz tar+xz' \
    'zstd tar+zstd' 'bzip2 tar+bzip2')" 'manifests: digests, sizes, types'
like "$(udocker images -l)" "
a/b:zstd +\.
.*/repos/a/b/zstd
 +/sha256:[0-9a-f]{64} \([0-9]+ MB\)" 'images has it'
stdin=gzip.tar run_expect 'from stdin' 0 '' '' udocker import - in:1
imported stdin in:1
run_expect 'from a pipe' 0 '' '' \
    bash -c 'udocker export orig | udocker import - in:2'
imported pipe in:2
run_expect 'for a platform' 0 '' '' \
    udocker import --platform=linux/arm/v6 cat.tar arm:1
like "$(udocker images -p)" 'arm:1 +\. linux/arm' 'images -p has it'
before=$(stat -c %i zstd.tar)
run_expect 'rmi' 0 '' '' udocker rmi a/b:zstd
ok 'the layer is gone' [ ! -e "$(blob zstd.tar)" ]
file=$(blob zstd.tar)
run_expect '--mv' 0 '' '' udocker import --mv zstd.tar moved:1
ok 'the file is gone' [ ! -e zstd.tar ]
is "$(stat -c %i "$file")" "$before" 'and is the layer itself'
imported --mv moved:1
cp gzip.tar gone.tar
run_expect '--mv of a layer that is there' 0 '' '' \
    udocker import --mv gone.tar moved:2
ok 'the file is gone' [ ! -e gone.tar ]
fails '--mv of the layer itself' "'$file' is in the repository already" \
    udocker import --mv "$file" moved:3
"$tools/deny" linkat=1 udocker import --mv bzip2.tar moved:3
ok '--mv without links' [ ! -e bzip2.tar ]
imported '--mv without links' moved:3

# --- import --tocontainer

run_expect '--tocontainer' 0 "~^$uuid\$" '' \
    udocker import --tocontainer --name=direct xz.tar
chmod 0500 "$containers/direct/ROOT/ro"
same direct 'the same tree'
is "$(cat "$containers/direct/imagerepo.name")" IMPORTED:unknown 'its image'
like "$(cat "$containers/direct/container.json")" '"os": "linux"' \
    'its configuration'
like "$(udocker ps)" "'direct'" 'ps has it'
stdin=gzip.tar run_expect 'from stdin, with an image' 0 "~^$uuid\$" '' \
    udocker import --tocontainer - what:ever
is "$(cat "$containers/$out/imagerepo.name")" what:ever 'its image'
run_expect 'rm' 0 '' '' udocker rm -f direct "$out"

# --- export --clone, import --clone

run_expect 'export --clone' 0 '' '' udocker export --clone -o clone.tar orig
is "$(tar -tf clone.tar 2> tar.err | grep -v ^ROOT/. | sort)" "$(printf \
    '%s\n' ./ ROOT/ container.json execmode imagerepo.name | sort)" \
    'it has the metadata'
for form in --clone '--tocontainer --clone'; do
    # shellcheck disable=SC2086  # words
    run_expect "import $form" 0 "~^$uuid\$" '' \
        udocker import $form --name=cloned clone.tar
    ok 'a new id' [ "$out" != "$(readlink "$containers/orig")" ]
    chmod 0500 "$containers/cloned/ROOT/ro"
    same cloned 'the same tree'
    for file in container.json execmode imagerepo.name; do
        ok "  $file" cmp "$containers/orig/$file" "$containers/cloned/$file"
    done
    like "$(udocker ps -m)" " P1 .*'cloned'" 'ps has the mode'
    run_expect 'rm' 0 '' '' udocker rm -f cloned
done
# as udocker itself makes them
tar -C "$containers/orig/" --exclude=PROTECT --format=pax --xattrs -czf old.tar \
    . 2> tar.err
run_expect 'an archive made by tar' 0 "~^$uuid\$" '' \
    udocker import --clone old.tar
chmod 0500 "$containers/$out/ROOT/ro"
same "$out" 'the same tree'
udocker rm -f "$out"

# --- refusals

fails 'export: no container' \
    "no container 'none' here ('udocker ps' lists them)" \
    udocker export -o none.tar none
ok 'no file is left' [ -z "$(ls none.tar* 2> .ls)" ]
fails 'export: two' \
    'export: too many arguments (usage: udocker export [-o TAR] CONTAINER)' \
    udocker export orig orig
fails 'export: no directory' \
    "cannot create 'no/such.tar': No such file or directory" \
    udocker export -o no/such.tar orig
fails 'import: no file' "cannot open 'none.tar': No such file or directory" \
    udocker import none.tar new:1
fails 'import: a directory' "'base' is a directory" udocker import base new:1
fails 'import: no image' \
    'import: the new image has no name (usage: udocker import TAR IMAGE:TAG)' \
    udocker import base.tar
fails 'import: an image that is there' "there is an image 'base:1' (remove it\
 by 'udocker rmi', or choose another name)" udocker import cat.tar base:1
fails 'import: --name of an image' \
    'import: --name is for --tocontainer and --clone' \
    udocker import --name=x base.tar new:1
fails 'import: --mv to a container' 'import: --mv is for images' \
    udocker import --mv --tocontainer base.tar
fails 'import: --mv of stdin' \
    'import: --mv needs a file, not standard input' \
    udocker import --mv - new:1
fails 'import: --clone of an image' \
    'import: --clone takes no image: the archive tells it' \
    udocker import --clone clone.tar new:1
fails 'import: --clone for a platform' \
    'import: --clone takes no --platform: the archive tells it' \
    udocker import --clone --platform=linux/arm64 clone.tar
fails 'import: a name in use' "name 'orig' is in use" \
    udocker import --tocontainer --name=orig base.tar
echo 'no tar at all, and long enough to tell' > garbage.tar
: > empty.tar
gzip < orig.tar | head -c 20000 > short.tar
echo 'f 0644 ../../x evil' | "$tools/mklayer.py" evil.tar
for options in '' --mv; do
    # shellcheck disable=SC2086  # words
    {
        fails "garbage $options" "cannot import 'garbage.tar': cannot read it\
 as a tar: Unrecognized archive format" \
            udocker import $options garbage.tar new:1
        fails "nothing $options" "cannot import 'empty.tar': it is empty" \
            udocker import $options empty.tar new:1
        fails "cut short $options" "cannot import 'short.tar': cannot read it\
 as a tar: truncated gzip input" udocker import $options short.tar new:1
        fails "out of the root $options" "cannot import 'evil.tar': member\
 '../../x' points outside the container" udocker import $options evil.tar new:1
    }
done
ok 'what was not imported is not moved' \
    [ -e garbage.tar -a -e empty.tar -a -e short.tar -a -e evil.tar ]
fails 'garbage to a container' "cannot import 'garbage.tar': cannot read the\
 layer: Unrecognized archive format" udocker import --tocontainer garbage.tar

if [ "$(id -u)" -ne 0 ]; then
    chmod 555 "$UDOCKER_DIR/repos"
    cp gzip.tar new.tar
    echo more >> new.tar
    fails 'no room for the tag' "cannot make directory\
 '$UDOCKER_DIR/repos/new': Permission denied" udocker import new.tar new:1
    chmod 755 "$UDOCKER_DIR/repos"
fi
fails 'an impossible platform' $'\'linux/a\xff\' is no platform' \
    udocker import --platform=$'linux/a\xff' base.tar new:1
deep=
for ((n = 1; n <= 256; n++)); do
    deep+=d/
done
mkdir -p "$containers/orig/ROOT/$deep"
touch "$containers/orig/ROOT/${deep}file"
run_expect 'a deep tree: clone' 0 "~^$uuid\$" '' udocker clone orig
ok 'is cloned' [ -e "$containers/$out/ROOT/${deep}file" ]
mkdir -p "$containers/orig/ROOT/${deep}d/d"
fails 'a deeper one' "cannot clone 'orig': 'ROOT/$(printf 'd/%.0s' {1..29})d...'\
 is too deep a directory" udocker clone orig

# bad_clone DESC TEXT: what mklayer.py reads is no archive of a container.
bad_clone ()
{
    "$tools/mklayer.py" bad.tar
    fails "$1" "'bad.tar' is no archive of a container: $2" \
        udocker import --clone bad.tar
}
hint='(leave --clone out if it holds plain files)'
fails 'plain files' "'base.tar' is no archive of a container: it has 'PLAIN'\
 $hint" bash -c "udocker import --clone base.tar 2>&1 \
    | sed \"s/has '[a-z]*'/has 'PLAIN'/\" >&2; exit 1"
bad_clone 'no ROOT' "it has no ROOT $hint" <<< 'f 0644 container.json {}'
bad_clone 'metadata of another name' "it has 'evil' $hint" <<'L'
d 0755 ROOT
f 0644 evil x
L
bad_clone 'ROOT is a link' "its 'ROOT' is no directory" <<'L'
l ROOT ..
L
bad_clone 'metadata is a link' "its 'execmode' is no plain file" <<'L'
d 0755 ROOT
l execmode /etc/passwd
L
bad_clone 'metadata is a file of ROOT' "its 'execmode' is no plain file" <<'L'
d 0755 ROOT
f 0644 ROOT/x P1
h execmode ROOT/x
L
bad_clone 'no configuration' "cannot open 'container.json': No such file or\
 directory" <<< 'd 0755 ROOT'

# --- a full disk

cat > full.sh <<'F'
mount -t tmpfs -o size=9m tmpfs "$UDOCKER_DIR"
udocker() { command udocker --allow-root "$@"; echo "status $?"; }
udocker mkrepo "$UDOCKER_DIR"
udocker import --tocontainer --name=one five.tar > id
for command in 'clone one' 'import five.tar x:1' 'import --tocontainer five.tar'
do
    udocker $command
    ls "$UDOCKER_DIR/containers" | wc -l
    ls "$UDOCKER_DIR/layers" "$UDOCKER_DIR/repos" "$UDOCKER_DIR/.udocker/stage"
done
# libarchive 3.6 keeps its buffer when a write fails
ASAN_OPTIONS=detect_leaks=0 udocker export -o "$UDOCKER_DIR/x.tar" one
ls "$UDOCKER_DIR"
F
head -c 5000000 /dev/urandom > five
tar -cf five.tar five
mkdir full
if unshare --user --map-root-user --mount true 2> .need; then
    UDOCKER_DIR=$scratch/full run unshare --user --map-root-user --mount \
        bash full.sh
    is "$err" "$(printf 'udocker: %s: No space left on device\n' \
        "cannot clone 'one': cannot copy 'ROOT/five'" \
        "cannot import 'five.tar': cannot write the layer" \
        "cannot import 'five.tar': cannot write 'five'" \
        "cannot export 'one': cannot write the archive")" 'full disk: told'
    nothing=$(printf 'status 1\n2\n%s:\n\n%s:\n\n%s:\n' "$scratch/full/.udocker/stage" \
        "$scratch/full/layers" "$scratch/full/repos")
    is "$out" "$(printf 'status 0\n%s\n%s\n%s\nstatus 1\n%s' "$nothing" \
        "$nothing" "$nothing" "$(printf '%s\n' bin containers doc layers lib \
        repos)")" 'and nothing is left'
else
    skip 'missing prerequisite: unprivileged user namespaces'
fi
ok 'the stage is empty' [ -z "$(ls -A "$UDOCKER_DIR/.udocker/stage")" ]

done_testing
