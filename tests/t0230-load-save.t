#!/bin/bash
# Images from archives and to archives: docker save's form and OCI layouts, as
# skopeo writes and reads them; bad ones leave nothing behind.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
tools=$(cd "${0%/*}/tools" && pwd)
need docker-registry curl python3 skopeo zstd script
find_leaks

skopeo_copy ()
{
    skopeo --insecure-policy copy -q --src-tls-verify=false "$@" \
        > skopeo.log 2>&1 || { diag "skopeo $*" "$(cat skopeo.log)"; return 1; }
}

# all_of REPO: its images, blobs and what is in the stage
all_of ()
{
    (cd "$1" && find repos layers .udocker/stage -mindepth 1 | sort)
}

# tree_of REPO NAME: the files of a new container, with modes and content. (Times
# of directories that a layer hid something in are those of now.)
tree_of ()
{
    local id root
    id=$(udocker --repo="$1" create "$2") || return
    root=$(udocker --repo="$1" inspect -p "$id")
    tar -C "$root" --sort=name --mtime=@0 -cf - . | sha256sum
}

# fails DESC REGEX CMD...: status 1, one line on stderr, and nothing changed.
fails ()
{
    local desc=$1 regex=$2 before
    before=$(all_of "$UDOCKER_DIR")
    shift 2
    run "$@"
    if [ "$status" -eq 1 ] && [ -z "$out" ] && [[ $err =~ $regex ]] \
        && [ "$(wc -l <<< "$err")" -eq 1 ] \
        && [ "$(all_of "$UDOCKER_DIR")" = "$before" ]; then
        pass "$desc"
    else
        fail "$desc" "status $status, stdout '$out', wanted '$regex':" "$err" \
            "$(diff <(echo "$before") <(all_of "$UDOCKER_DIR"))"
    fi
}

# repo NAME: begin an empty repository, and use it
repo ()
{
    export UDOCKER_DIR=$scratch/$1
    rm -rf "$UDOCKER_DIR"
    udocker mkrepo "$UDOCKER_DIR" > mkrepo.log
}

registry_start
busybox_root base
"$tools/mklayer.py" top.tar <<'L'
f 0644 etc/motd changed
f 0644 home/.wh..wh..opq
f 0644 .wh.var
L
"$tools/mklayer.py" other.tar <<'L'
f 0644 etc/other other
L
image_push "$registry/demo:1" base top.tar > digest
image_push --compress=zstd "$registry/demo:2" base other.tar > digest
image_push --format=docker "$registry/demo:3" base > digest
repo pulled
for tag in 1 2 3; do
    ok "pulled: $tag" udocker pull "$registry/demo:$tag"
done
pulled=$UDOCKER_DIR
tree1=$(tree_of "$pulled" "$registry/demo:1")
tree2=$(tree_of "$pulled" "$registry/demo:2")

# what skopeo writes
from=docker://$registry/demo:1
ok "skopeo writes docker's form" \
    skopeo_copy "$from" docker-archive:docker.tar:docker.io/library/demo:1
ok "skopeo writes an OCI layout" skopeo_copy "$from" oci-archive:oci.tar:demo:1
ok "skopeo writes one with a tag" skopeo_copy "$from" oci-archive:tag.tar:1.0
ok "skopeo writes one without" skopeo_copy "$from" oci-archive:none.tar
gzip -k docker.tar
zstd -q oci.tar -o oci.tar.zst

repo loaded
run_expect "load of docker's form" 0 "=demo:1" '' udocker load -i docker.tar
run_expect "the image is listed" 0 "~demo:1 " '' udocker images -l
is "$(tree_of "$UDOCKER_DIR" demo:1)" "$tree1" "its tree is the one pulled"
is "$(udocker inspect demo:1)" "$(udocker --repo="$pulled" inspect \
    "$registry/demo:1")" "and so is its configuration"
run_expect "verify finds it whole" 0 '' '' udocker verify demo:1
run_expect "rmi removes it" 0 '' '' udocker rmi demo:1
is "$(ls "$UDOCKER_DIR/layers")" "" "with its layers"
run_expect "compressed by gzip" 0 "=demo:1" '' udocker load -i docker.tar.gz
run_expect "again" 0 "=demo:1" '' udocker load --input=docker.tar
stdin=docker.tar.gz
run_expect "from standard input" 0 "=other:latest" '' udocker load - other:latest
run_expect "the same by -i -" 0 "=my/other:1" '' udocker load -i - my/other
stdin=
run_expect "from a pipe" 0 "=piped:2" '' \
    bash -c 'cat docker.tar | udocker load - piped:2'
is "$(tree_of "$UDOCKER_DIR" piped:2)" "$tree1" "the same tree"

repo oci
run_expect "load of an OCI layout" 0 "=demo:1" '' udocker load -i oci.tar.zst
is "$(tree_of "$UDOCKER_DIR" demo:1)" "$tree1" "its tree is the one pulled"
is "$(ls "$UDOCKER_DIR/layers")" \
    "$(tar -tf oci.tar | sed -n 's|^blobs/sha256/\(.\)|sha256:\1|p' | sort \
        | grep -v "$(sha256sum "$UDOCKER_DIR/repos/demo/1/manifest" \
            | cut -d ' ' -f 1)")" "its blobs are those of the archive"
run_expect "a tag alone: the name is made up" 0 '~^[a-z]{16}:1\.0$' '' \
    udocker load -i tag.tar
run_expect "a tag alone, and a NAME" 0 '=test-image:1.0' '' \
    udocker load -i tag.tar test-image
run_expect "NAME:TAG" 0 '=test-image:2' '' udocker load -i tag.tar test-image:2
run_expect "neither: both are made up" 0 '~^[a-z]{16}:latest$' '' \
    udocker load -i none.tar
run_expect "a NAME for it" 0 '=x:latest' '' udocker load -i none.tar x

# several platforms: the machine's is taken
other=arm64
[ "$(image_arch)" != arm64 ] || other=amd64
image_push --platform=linux/$other "$registry/demo:other" other.tar > digest
index_push "$registry/demo:all" "other=linux/$other" \
    "1=linux/$(image_arch)" > digest
ok "skopeo writes all platforms" skopeo_copy --multi-arch all \
    "docker://$registry/demo:all" oci-archive:platforms.tar:all:1
run_expect "load of several platforms" 0 '=all:1' '' udocker load -i platforms.tar
is "$(tree_of "$UDOCKER_DIR" all:1)" "$tree1" "it is that for the machine"

# both forms in one, as newer versions of docker save write
python3 - <<'P'
import io, json, tarfile
out = tarfile.open("both.tar", "w")
oci = tarfile.open("oci.tar")
def add(name, data):
    i = tarfile.TarInfo(name)
    i.size = len(data)
    out.addfile(i, io.BytesIO(data))
for m in oci:
    if m.isfile():
        add(m.name, oci.extractfile(m).read())
path = lambda d: "blobs/" + d["digest"].replace(":", "/")
index = json.load(oci.extractfile("index.json"))
manifest = json.load(oci.extractfile(path(index["manifests"][0])))
add("manifest.json", json.dumps([{"Config": path(manifest["config"]),
    "RepoTags": ["both:1"], "Layers": [path(l) for l in manifest["layers"]]}]).encode())
P
run_expect "load of both forms in one" 0 '=both:1' '' udocker load -i both.tar
is "$(tree_of "$UDOCKER_DIR" both:1)" "$tree1" "the same tree"

# any order of members, links between them, compressed layers, ./ in front
mkdir unpacked
tar -C unpacked -xf docker.tar
python3 - <<'P'
import gzip, io, json, tarfile
m = json.load(open("unpacked/manifest.json"))
out = tarfile.open("shuffled.tar", "w")
def add(name, data, link=None, kind=tarfile.SYMTYPE):
    i = tarfile.TarInfo(name)
    if link:
        i.type, i.linkname = kind, link
        data = b""
    i.size = len(data)
    out.addfile(i, io.BytesIO(data))
m[0]["RepoTags"] = None
add("./manifest.json", json.dumps(m + [dict(m[0], RepoTags=["twice:1", "twice:2"],
    Layers=["a/layer.tar", "b/layer.tar"])]).encode())
add("b/layer.tar", b"", "../" + m[0]["Layers"][1])
for i, name in enumerate(m[0]["Layers"]):
    add(name, gzip.compress(open("unpacked/" + name, "rb").read(), 1))
add("a/layer.tar", b"", m[0]["Layers"][0], tarfile.LNKTYPE)
add(m[0]["Config"], open("unpacked/" + m[0]["Config"], "rb").read())
P
repo shuffled
run_expect "members in another order, links, compressed layers, two images" 0 \
    "~^[a-z]{16}:latest
twice:1
twice:2\$" '' udocker load -i shuffled.tar
is "$(tree_of "$UDOCKER_DIR" twice:2)" "$tree1" "the same tree"
fails "one NAME:TAG for two images" "two of them would be 'one:1'" \
    udocker load -i shuffled.tar one:1

# save
repo saved
UDOCKER_DIR=$pulled run_expect "save" 0 '' '' \
    udocker save -o one.tar "$registry/demo:1"
run_expect "load of what was saved" 0 "=$registry/demo:1" '' \
    udocker load -i one.tar
is "$(tree_of "$UDOCKER_DIR" "$registry/demo:1")" "$tree1" "the same tree"
is "$(ls "$UDOCKER_DIR/layers")" "$(cd "$pulled/repos/$registry/demo/1" \
    && ls -d sha256:*)" "the same blobs"
ok "skopeo reads it" skopeo_copy "docker-archive:one.tar:$registry/demo:1" \
    "dir:$scratch/dir"
is "sha256:$(sha256sum < "dir/$(python3 -c '
import json
print(json.load(open("dir/manifest.json"))["config"]["digest"][7:])')" \
    | cut -d ' ' -f 1)" "$(python3 -c '
import json, sys
print(json.load(open(sys.argv[1]))["config"]["digest"])' \
    "$pulled/repos/$registry/demo/1/manifest")" "with the same configuration"
UDOCKER_DIR=$pulled run_expect "save of several to standard output" 0 '' '' \
    bash -c 'udocker save -o - "$@" > all.tar' - "$registry/demo:1" \
    "$registry/demo:2" "$registry/demo:3"
is "$(tar -tf all.tar | sort | uniq -d)" "" "each layer is there once"
for tag in 1 2 3; do
    ok "skopeo reads image $tag of it" skopeo_copy \
        "docker-archive:all.tar:$registry/demo:$tag" "dir:$scratch/dir$tag"
done
repo several
run_expect "load of several" 0 "=$registry/demo:1
$registry/demo:2
$registry/demo:3" '' udocker load -i all.tar
is "$(tree_of "$UDOCKER_DIR" "$registry/demo:2")" "$tree2" \
    "the same tree, from layers by zstd"
run_expect "a file that was there is replaced" 0 '' '' \
    udocker save -o one.tar "$registry/demo:3"
is "$(ls -d one.tar*)" one.tar "and nothing is left beside it"
ok "by a whole archive" tar -tf one.tar manifest.json
run_expect "save to a device" 0 '' '' udocker save -o /dev/null "$registry/demo:3"
ok "which stays one" [ -c /dev/null ]

run_expect "an image that was imported" 0 '' '*' udocker import other.tar imp:1
run_expect "is saved" 0 '' '' udocker save -o imp.tar imp:1
ok "skopeo reads it" skopeo_copy docker-archive:imp.tar "dir:$scratch/dir-imp"
run_expect "and loaded" 0 '=imp:2' '' udocker load -i imp.tar imp:2
is "$(tree_of "$UDOCKER_DIR" imp:2)" "$(tree_of "$UDOCKER_DIR" imp:1)" \
    "the same tree"

# an image of the v1 form, as udocker imports it
mkdir -p "$UDOCKER_DIR/repos/old/1"
id=$(printf '%064d' 7)
cp other.tar "$UDOCKER_DIR/layers/$id.layer"
echo '{"id":"'"$id"'","config":{"Cmd":["sh"]}}' > "$UDOCKER_DIR/layers/$id.json"
(cd "$UDOCKER_DIR/repos/old/1" && touch v1 && printf old:1 > TAG \
    && echo "[\"$id\"]" > ancestry && ln -s "../../../layers/$id".* . \
    && cp "../../../layers/$id.json" container.json)
run_expect "save of an image of the v1 form" 0 '' '' \
    udocker save -o old.tar old:1
ok "skopeo reads it" skopeo_copy docker-archive:old.tar "dir:$scratch/dir-old"
run_expect "it is loaded" 0 '=new:1' '' udocker load -i old.tar new:1
is "$(tree_of "$UDOCKER_DIR" new:1)" "$(tree_of "$UDOCKER_DIR" old:1)" \
    "the same tree"

# what cannot be saved
rm -f no.tar
run_expect "save of no image" 1 '' "=udocker: cannot save 'no:1': no image \
'no:1' here ('udocker images' lists them, 'udocker pull' gets it)" \
    udocker save -o no.tar no:1
UDOCKER_DIR=$pulled run_expect "one of several is missing" 1 '' '~no image .no:1' \
    bash -c 'udocker save -o - "$@" > part.tar' - "$registry/demo:1" no:1
fails "what was written until then is no archive" "cannot load 'part.tar'" \
    udocker load -i part.tar
run_expect "save without -o" 1 '' '~no archive is named .-o FILE' \
    udocker save old:1
run script -qec "udocker save -o - old:1" /dev/null
is "$status" 1 "save to a terminal is refused"
like "$out" "no archive is written to a terminal" "with a line that says so"
run_expect "a full disk" 1 '' "~cannot write the archive: No space left on device\$" \
    udocker save -o /dev/full "$registry/demo:1"
layer=$(cd "$UDOCKER_DIR/repos/$registry/demo/3" && for l in sha256:*; do
    stat -L -c '%s %n' "$l"; done | sort -n | tail -n 1 | cut -d ' ' -f 2)
printf X | dd of="$UDOCKER_DIR/layers/$layer" bs=1 seek=5000 conv=notrunc \
    2> dd.log
run_expect "a damaged layer" 1 '' \
    "~cannot save '$registry/demo:3': layer '$layer': it is damaged" \
    udocker save -o no.tar "$registry/demo:3"
rm "$UDOCKER_DIR/layers/$layer"
run_expect "a missing layer" 1 '' \
    "~cannot save '$registry/demo:3': layer '$layer': cannot open it: No such" \
    udocker save -o no.tar "$registry/demo:3"
is "$(ls -d no.tar* 2> ls.log)" "" "none left a file"

# what cannot be loaded
repo bad
ok "an image that stays" udocker load -i docker.tar stays
# tampered NAME NEW [MATCH]: NEW.tar is NAME.tar with a byte changed in the
# largest member whose name matches
tampered ()
{
    python3 - "$@" <<'P'
import re, sys, tarfile
data = bytearray(open(sys.argv[1] + ".tar", "rb").read())
files = [m for m in tarfile.open(sys.argv[1] + ".tar") if m.isfile()
         and re.search(sys.argv[3], m.name)]
data[max(files, key=lambda m: m.size).offset_data + 5000 % files[0].size] ^= 1
open(sys.argv[2] + ".tar", "wb").write(data)
P
}
tampered docker bad-layer '\.tar$'
fails "a layer that was tampered with" \
    "^udocker: cannot load 'bad-layer.tar': layer '[0-9a-f]*.tar' is damaged or was tampered with" \
    udocker load -i bad-layer.tar
tampered oci bad-blob blobs
fails "a blob that was tampered with" \
    "cannot load 'bad-blob.tar': blob 'sha256:[0-9a-f]*' is damaged or was tampered" \
    udocker load -i bad-blob.tar
for form in docker oci; do
    size=$(stat -c %s "$form.tar")
    for part in 3 10 17; do
        head -c $((size * part / 20)) "$form.tar" > cut.tar
        fails "$form: the first $part of 20 parts" \
            "cannot load 'cut.tar': .*(truncated|Truncated|missing|neither)" \
            udocker load -i cut.tar
    done
done
head -c $(($(stat -c %s docker.tar.gz) / 2)) docker.tar.gz > cut.tar
fails "half of a compressed one" "cannot read the archive: .*truncated" \
    udocker load -i cut.tar
: > empty.tar
fails "an empty file" "cannot load 'empty.tar': " udocker load -i empty.tar
tar -cf empty.tar -T /dev/null
fails "an archive of nothing" "neither 'manifest.json' nor 'index.json'" \
    udocker load -i empty.tar
fails "no archive" "cannot read the archive: Unrecognized archive format" \
    udocker load -i "$0"
fails "a container's tree" "it is no archive of images: .*udocker import" \
    udocker load -i top.tar
fails "no file" "cannot open 'none-here.tar': No such file" \
    udocker load -i none-here.tar
fails "a directory" "cannot load '\.': cannot read the archive" udocker load -i .
fails "no -i" "load: no archive is named .-i FILE" udocker load docker.tar
fails "a bad NAME" "'a b:1' is no image name" udocker load -i docker.tar 'a b'
fails "a digest as NAME" "a digest cannot be given" \
    udocker load -i docker.tar "x@sha256:$(printf '%064d' 1)"
run script -qec "udocker load -" /dev/null
like "$status $out" "^1 .*standard input is a terminal" "a terminal is refused"

# variants NAME: docker.tar or oci.tar, rewritten by a script on (name -> bytes)
cat > rewrite.py <<'P'
import io, json, sys, tarfile
source, new, script = sys.argv[1:4]
members = [(m.name, tarfile.open(source).extractfile(m).read())
           for m in tarfile.open(source) if m.isfile()]
def edit(name, change):
    for i, (n, data) in enumerate(members):
        if n == name:
            j = json.loads(data)
            change(j)
            members[i] = (n, json.dumps(j).encode())
exec(script)
with tarfile.open(new, "w") as out:
    for name, data in members:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        out.addfile(info, io.BytesIO(data))
P
# refused DESC FORM REGEX SCRIPT
refused ()
{
    python3 rewrite.py "$2.tar" new.tar "$4" || fail "$1: rewritten"
    fails "$1" "^udocker: cannot load 'new.tar': $3" udocker load -i new.tar
}
refused "a name that climbs out" docker \
    "member '\.\./escape' points outside the archive" \
    'members.insert(0, ("../escape", b"x"))'
refused "one that does so in the middle" docker \
    "member 'a/\.\./\.\./b' points outside" \
    'members.append(("a/../../b", b"x"))'
is "$(find "$scratch" -name escape)" "" "nothing was written there"
refused "a name that is too long" docker "member 'aaa.* more than 1024 bytes" \
    'members.append(("a" * 1100, b"x"))'
refused "too many members" docker "the archive has more than 8192 members" \
    'members += [("%d" % i, b"") for i in range(8200)]'
refused "two members of one name" docker "the archive has two members 'mani" \
    'members.append(("manifest.json", b"[]"))'
refused "a list of images that is too large" docker \
    "'manifest.json' is larger than 4194304 bytes" \
    'members = [("manifest.json", b" " * 4194305)]'
refused "one that is no JSON" docker "'manifest.json' is not valid JSON" \
    'members = [("manifest.json", b"[{]")]'
refused "one that is no list" docker "'manifest.json' tells of 0 images" \
    'members = [("manifest.json", b"{}")]'
refused "too many images" docker "'manifest.json' tells of 300 images" \
    'members = [("manifest.json", b"[" + b"{}," * 299 + b"{}]")]'
refused "a missing layer" docker "layer '[0-9a-f]*.tar' is missing" \
    'members = [m for m in members if not m[0].endswith(".tar")]'
refused "a missing configuration" docker "configuration '.*' is missing" \
    'members = [m for m in members if m[0][0] == "m"]'
refused "a layer outside" docker "layer '\.\./\.\./etc/passwd' is missing" \
    'edit("manifest.json", lambda j: j[0].update(Layers=["../../etc/passwd"] * 2))'
refused "no layers" docker "it has 0 layers" \
    'edit("manifest.json", lambda j: j[0].update(Layers=[]))'
refused "too many layers" docker "it has 600 layers" \
    'edit("manifest.json", lambda j: j[0].update(Layers=j[0]["Layers"] * 300))'
refused "a layer too few" docker "it has 1 layers, but .* tells of 2" \
    'edit("manifest.json", lambda j: j[0]["Layers"].pop())'
refused "layers in another order" docker "layer '.*' is damaged or was tampered" \
    'edit("manifest.json", lambda j: j[0]["Layers"].reverse())'
refused "a name that is none" docker "'\.\./x:1' is no image name.*another NAME" \
    'edit("manifest.json", lambda j: j[0].update(RepoTags=["../x:1"]))'
refused "a missing blob" oci "blob 'sha256:.*' is missing in the archive" \
    'members.remove(max(members, key=lambda m: len(m[1])))'
refused "a wrong size" oci "blob 'sha256:.*' has .* bytes, not the 7 that" \
    'edit("index.json", lambda j: j["manifests"][0].update(size=7))'
refused "a digest that is a path" oci "'index.json' has an entry without a valid" \
    'edit("index.json", lambda j: j["manifests"][0].update(digest="sha256:../x"))'
refused "no image" oci "'index.json' tells of 0 images" \
    'edit("index.json", lambda j: j.update(manifests=[]))'
refused "two images of one name" oci "the archive has 2 images, and two of them" \
    'edit("index.json", lambda j: j["manifests"].append(j["manifests"][0]))'
ok "a name below a tag" udocker load -i oci.tar demo/1/x
fails "an image in the way" "cannot load 'oci.tar': tag '1' is in the way" \
    udocker load -i oci.tar
is "$(tree_of "$UDOCKER_DIR" stays:1)" "$tree1" "what was there still is"

# killed in the middle
repo killed
mkfifo pipe
udocker load - < pipe 2> err.killed &
pid=$!
exec 9> pipe
head -c 300000 docker.tar >&9
half_there ()
{
    [ -n "$(find "$UDOCKER_DIR/.udocker/stage" -type f -size +100k)" ]
}
ok "half a layer is in the stage" wait_for 10 half_there
kill -s KILL $pid
wait $pid 2> wait.log
exec 9>&-
is "$(ls -A "$UDOCKER_DIR/repos")$(ls -A "$UDOCKER_DIR/layers")" "" \
    "nothing is published"

# several at once
pids=()
for i in 1 2 3 4; do
    udocker load -i docker.tar.gz > out.$i 2>&1 &
    pids+=($!)
done
wait "${pids[@]}"
is "$(cat out.[1-4] | sort -u)" demo:1 "the next ones work, four at once"
is "$(ls "$UDOCKER_DIR/.udocker/stage")" "" "and have cleaned up"
ok "the image is whole" udocker verify demo:1

# a full disk: a small tmpfs in a mount namespace of the test's own
cat > full << 'END'
mount -t tmpfs -o size=1m tmpfs "$1" || exit 77
udocker="udocker --allow-root --repo=$1/repo" # of this namespace
udocker mkrepo "$1/repo" --allow-root > /dev/null
$udocker load -i docker.tar && exit 78
find "$1/repo/repos" "$1/repo/layers" "$1/repo/.udocker/stage" -mindepth 1
END
mkdir disk
if unshare -rm true 2> unshare.log; then
    run_expect "a full disk leaves nothing behind" 0 '' \
        "~^udocker: cannot load 'docker.tar': cannot write member '.*': No space left on device$" \
        unshare -rm sh full "$scratch/disk"
else
    skip "missing prerequisite: unprivileged user namespaces"
fi
done_testing
