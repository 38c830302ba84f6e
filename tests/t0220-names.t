#!/bin/bash
# Names of containers, tags of images, protection of both, and verify.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
need docker-registry curl
find_leaks

export UDOCKER_DIR=$scratch/repo
containers=$UDOCKER_DIR/containers

stage_is_empty ()
{
    [ -z "$(ls "$UDOCKER_DIR/.udocker/stage")" ]
}

# What is in the repository: every file, link and directory but the roots'.
listing ()
{
    find "$UDOCKER_DIR"/{containers,repos,layers} -path '*/ROOT' -prune \
        -o -printf '%y %P %l\n' | sort
}

# refused DESC TEXT CMD...: status 1, exactly this line, nothing changed.
refused ()
{
    local desc=$1 text=$2 before
    before=$(listing)
    shift 2
    run_expect "$desc" 1 '' "=udocker: $text" "$@"
    is "$(listing)" "$before" '  and nothing changed'
}

# done_well DESC CMD...: status 0 and not a word.
done_well ()
{
    local desc=$1
    shift
    run_expect "$desc" 0 '' '' "$@"
}

registry_start
busybox_root base
mkdir more
echo more > more/more
image_push "$registry/demo:1" base more > digest
image=$registry/demo:1
udocker pull "$image"
id=$(udocker create --name=blue "$image")
other=$(udocker create --name=red "$image")

# --- rename, rmname

done_well 'rename' udocker rename blue green
is "$(readlink "$containers/green")" "$id" 'the link is as udocker makes it'
ok 'the old name is gone' [ ! -L "$containers/blue" ]
like "$(udocker ps)" "$id .*\['green'\]" 'ps shows the new one'
refused 'rename to a name in use' "name 'red' is in use" \
    udocker rename green red
refused 'rename to itself' "name 'green' is in use" udocker rename green green
refused 'rename to an id' "name '$other' is the id of a container" \
    udocker rename green "$other"
refused 'rename of an id' "'$id' is the id of a container, not a name" \
    udocker rename "$id" blue
refused 'rename of nothing' "no container 'none' here ('udocker ps' lists them)" \
    udocker rename none blue
refused 'rename of a path' \
    "no container '../containers/green' here ('udocker ps' lists them)" \
    udocker rename ../containers/green blue
refused 'rename to no name' "'a/b' cannot be the name of a container: it may \
not have blanks, '/', '.', '[' or ']'" udocker rename green a/b
ln -s 00000000-0000-4000-8000-000000000000 "$containers/lost"
refused 'rename of the name of what is gone' \
    "no container 'lost' here ('udocker ps' lists them)" \
    udocker rename lost found
done_well 'rename to such a name' udocker rename green lost
is "$(readlink "$containers/lost")" "$id" 'it is taken over'
ln -s "$containers/$id" "$containers/old"
done_well 'rename of an absolute link' udocker rename old older
is "$(udocker inspect -p older)" "$containers/$id/ROOT" 'which stays good'

done_well 'rmname' udocker rmname older
ok 'the name is gone' [ ! -L "$containers/older" ]
ok 'the container is there' [ -d "$containers/$id/ROOT" ]
refused 'rmname again' "no container 'older' here ('udocker ps' lists them)" \
    udocker rmname older
refused 'rmname of an id' "'$id' is the id of a container, not a name" \
    udocker rmname "$id"
refused 'rmname of a path' "no container './red' here ('udocker ps' lists them)" \
    udocker rmname ./red
ln -s 00000000-0000-4000-8000-000000000000 "$containers/dead"
done_well 'rmname of the name of what is gone' udocker rmname dead
ok 'it is gone' [ ! -L "$containers/dead" ]

# --- rename and name at the same time

done_well 'the name to race for' udocker rename lost a
for ((n = 0; n < 10; n++)); do
    udocker rename a b > "race.$n.1" 2>&1 &
    pids=($!)
    udocker rename a b > "race.$n.2" 2>&1 &
    pids+=($!)
    udocker name "$other" b > "race.$n.3" 2>&1 &
    pids+=($!)
    won=''
    for ((k = 0; k < 3; k++)); do
        wait "${pids[k]}" && won+=$k
    done
    case $won:$(readlink "$containers/a"):$(readlink "$containers/b") in
    [01]::"$id") now=b ;;
    2:"$id:$other") now=a ;;
    *) now='' ;;
    esac
    case $now in
    a) udocker rmname b ;;
    b) udocker rename b a ;;
    *) break ;;
    esac
done
is "$n" 10 "of two renames and a name for one name, one wins each time" \
    || diag "won: '$won'" "$(ls -l "$containers")" "$(cat "race.$n".*)"
is "$(cat race.*.[123] | grep -vE "name 'b' is in use|no container 'a' here")" \
    '' 'and the others are told'

# --- protect, unprotect

done_well 'protect a container by name' udocker protect a
is "$(stat -c '%F' "$containers/$id/PROTECT")" 'regular empty file' \
    "its mark is udocker's"
done_well 'protect it again, by id' udocker protect "$id"
like "$(udocker ps)" "$id P " 'ps shows it'
refused 'rm of a protected container' "container 'a' is protected" \
    udocker rm a
refused 'rm -f too' "container '$id' is protected" udocker rm -f "$id"
done_well 'it can be renamed' udocker rename a c
done_well 'unprotect' udocker unprotect c
ok 'the mark is gone' [ ! -e "$containers/$id/PROTECT" ]
done_well 'unprotect again' udocker unprotect c
done_well 'rm' udocker rm c
ok 'is no longer refused' [ ! -e "$containers/$id" ]

# --- protect and rm at the same time

image_push "$registry/small:1" more > digest
udocker pull "$registry/small:1"
for ((n = 0; n < 8; n++)); do
    id=$(udocker create --name=small "$registry/small:1")
    udocker rm "$id" > race.rm 2>&1 &
    pids=($!)
    udocker protect "$id" > race.protect 2>&1 &
    pids+=($!)
    wait "${pids[0]}"
    removed=$?
    wait "${pids[1]}"
    case $removed$?$(ls "$containers/$id" 2>&1) in
    01*'No such file'*) ;;
    10*PROTECT*) udocker unprotect small && udocker rm small ;;
    *) break ;;
    esac
done
is "$n" 8 'a container is removed or protected, never both' \
    || diag "removed: $removed" "$(cat race.rm race.protect)"
done_well 'the image goes' udocker rmi "$registry/small:1"

tag=$UDOCKER_DIR/repos/${image%:*}/1
done_well 'protect an image' udocker protect "$image"
is "$(stat -c '%F' "$tag/PROTECT")" 'regular empty file' \
    "its mark is udocker's"
like "$(udocker images)" "$image +P" 'images shows it'
refused 'rmi of a protected image' "image '$image' is protected" \
    udocker rmi "$image"
refused 'rmi -f too' "image '$image' is protected" udocker rmi -f "$image"
refused 'protect what is not there' "there is no container or image 'none'" \
    udocker protect none
refused 'unprotect what is not there' \
    "there is no container or image 'none:1'" udocker unprotect none:1
refused 'protect what cannot be' \
    "'..' is no image name: malformed path '..'" udocker protect ..
chmod a-w "$tag"
refused 'a mark that cannot be removed' \
    "image '$image': cannot change its mark of protection: Permission denied" \
    udocker unprotect "$image"
chmod u+w "$tag"

# --- tag

done_well 'tag' udocker tag "$image" copies/of/demo:new
copy=$UDOCKER_DIR/repos/copies/of/demo/new
is "$(cat "$copy/TAG")" "$UDOCKER_DIR/repos/copies/of/demo:new" 'its TAG'
ok 'the same manifest' cmp "$tag/manifest" "$copy/manifest"
is "$(find "$copy" -type l -printf '%f ' -exec readlink -e {} \; | sort)" \
    "$(find "$tag" -type l -printf '%f ' -exec readlink -e {} \; | sort)" \
    'the same layers'
is "$(find "$copy" -type l -lname '/*')" '' 'by relative links'
is "$(find "$copy" -type f -printf '%f\n' | sort)" \
    "$(printf '%s\n' TAG manifest v2)" 'and it is not protected'
like "$(udocker images)" 'copies/of/demo:new +\.' 'images shows it'
refused 'tag what exists' "there is an image 'copies/of/demo:new' already" \
    udocker tag "$image" copies/of/demo:new
refused 'tag as itself' "there is an image '$image' already" \
    udocker tag "$image" "$image"
refused 'tag what is not there' "no image 'none:latest' here ('udocker images' \
lists them, 'udocker pull' gets it)" udocker tag none x
refused 'tag as a digest' "a new tag cannot have a digest: \
'x@sha256:$(printf '%064d' 0)'" udocker tag "$image" "x@sha256:$(printf '%064d' 0)"
refused 'tag as no name' "'x:?' is no image name: malformed tag '?'" \
    udocker tag "$image" 'x:?'
run_expect 'tag below a tag' 1 '' "~^udocker: an image with tag 'new' is in" \
    udocker tag "$image" copies/of/demo/new/deeper
run udocker create --name=copied copies/of/demo:new
is "$status $(cat "$containers/copied/ROOT/more")" '0 more' \
    'a container from the new tag'
done_well 'rmi of the copy' udocker rmi copies/of/demo:new
ok 'takes its directories' [ ! -e "$UDOCKER_DIR/repos/copies" ]
done_well 'and leaves the layers' udocker verify "$image"
done_well 'tag for good' udocker tag "$image" short
udocker unprotect "$image"
done_well 'rmi of the first one' udocker rmi "$image"
done_well 'leaves the layers too' udocker verify short

for n in 1 2 3 4; do
    udocker tag short race > "tag.$n" 2>&1 &
    pids[n]=$!
done
wait "${pids[@]}"
is "$(cat tag.?)" "$(yes "udocker: there is an image 'race:latest' already" \
    | head -n 3)" 'one of four makes the tag'
done_well 'which is whole' udocker verify race

# A tag of a form that is not from a registry.
hex=$(printf '%064d' 7)
v1=$UDOCKER_DIR/repos/old/1
mkdir -p "$v1"
layer_tar more "$UDOCKER_DIR/layers/$hex.layer"
echo '{"os": "linux"}' > "$UDOCKER_DIR/layers/$hex.json"
printf '["%s"]' "$hex" > "$v1/ancestry"
printf '{"os": "linux"}' > "$v1/container.json"
printf '%s/repos/old:1' "$UDOCKER_DIR" > "$v1/TAG"
: > "$v1/v1"
ln -s "../../../layers/$hex".{layer,json} "$v1"
done_well 'tag of a v1 image' udocker tag old:1 a/b/old:2
is "$(cd "$UDOCKER_DIR/repos/a/b/old/2" && ls && cat ancestry container.json \
    && readlink "$hex.layer")" "$(cd "$v1" && ls && cat ancestry container.json \
    && echo "../../../../../layers/$hex.layer")" 'has the same files'
done_well 'verify of a v1 image' udocker verify a/b/old:2

# --- verify

# problems DESC LINES CMD...: status 1, exactly these problems of image short.
problems ()
{
    local desc=$1 line want=
    while IFS= read -r line; do
        want+="udocker: image 'short': $line"$'\n'
    done <<< "$2"
    run_expect "$desc" 1 '' "=${want%?}" udocker verify short
}

tag=$UDOCKER_DIR/repos/short/latest
mapfile -t blobs < <(grep -o 'sha256:[0-9a-f]*' "$tag/manifest")
config=$UDOCKER_DIR/layers/${blobs[0]}
layer=$UDOCKER_DIR/layers/${blobs[1]}
top=$UDOCKER_DIR/layers/${blobs[2]}
is "${#blobs[@]}" 3 'a configuration and two layers'
size=$(stat -c %s "$layer")
cp "$layer" saved
printf x | dd of="$layer" bs=1 seek=5000 conv=notrunc 2> .dd
problems 'a layer with another byte' "layer '${blobs[1]}' is damaged: its \
digest is 'sha256:$(sha256sum < "$layer" | cut -d ' ' -f 1)'"
truncate -s 4000 "$layer"
problems 'a layer that is cut' "layer '${blobs[1]}' has 4000 bytes, not $size"
rm "$layer"
mv "$config" config
problems 'all problems are told' "configuration '${blobs[0]}' is missing
layer '${blobs[1]}' is missing"
refused 'what is not whole is not tagged' "cannot tag image 'short:latest': \
cannot read the image's configuration: cannot open '${blobs[0]}': No such \
file or directory" udocker tag short next
mv config "$config"
refused 'nor what lacks a layer' "cannot tag image 'short:latest': layer \
'${blobs[1]}': No such file or directory" udocker tag short next
mkfifo "$layer"
problems 'a fifo' "layer '${blobs[1]}' is no regular file"
rm "$layer"
cp saved "$layer"
done_well 'as it was' udocker verify short
mv "$tag/${blobs[2]}" link
problems 'a link that is missing' \
    "layer '${blobs[2]}' is not linked to by the image"
mv link "$tag/${blobs[2]}"
chmod 000 "$top"
problems 'a layer without permission' \
    "layer '${blobs[2]}' cannot be opened: Permission denied"
chmod 644 "$top"
cp "$tag/manifest" manifest
echo '{"layers": []}' > "$tag/manifest"
problems 'no manifest' 'its manifest is none of an image'
echo '{' > "$tag/manifest"
run_expect 'broken JSON' 1 '' "~^udocker: image 'short': 'manifest' is not" \
    udocker verify short
cp manifest "$tag/manifest"
done_well 'as it was' udocker verify short
truncate -s 700 "$UDOCKER_DIR/layers/$hex.layer"
run_expect 'a v1 layer that is cut' 1 '' \
    "~^udocker: image 'old:1': layer '$hex.layer' is damaged: " \
    udocker verify old:1
refused 'verify of what is not there' "no image 'none:latest' here ('udocker \
images' lists them, 'udocker pull' gets it)" udocker verify none

ok 'the stage is empty' stage_is_empty
done_testing
