#!/bin/bash
# Containers from pulled images: whole, or not there at all.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
tools=$(cd "${0%/*}/tools" && pwd)
need docker-registry curl python3

export UDOCKER_DIR=$scratch/repo
uuid='[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

containers ()
{
    find "$UDOCKER_DIR/containers" -mindepth 1 -maxdepth 1 "$@"
}

stage_is_empty ()
{
    [ -z "$(ls "$UDOCKER_DIR/.udocker/stage")" ]
}

# fails DESC REGEX CMD...: status 1, one line on stderr, and nothing changed.
fails ()
{
    local desc=$1 regex=$2 before
    before=$(containers | sort)
    shift 2
    run "$@"
    if [ "$status" -eq 1 ] && [ -z "$out" ] && [[ $err =~ $regex ]] \
        && [ "$(wc -l <<< "$err")" -eq 1 ] \
        && [ "$(containers | sort)" = "$before" ] && stage_is_empty; then
        pass "$desc"
    else
        fail "$desc" "status $status, stdout '$out', stderr:" "$err" \
            "containers:" "$(containers)" \
            "stage:" "$(ls "$UDOCKER_DIR/.udocker/stage")"
    fi
}

registry_start
busybox_root base
"$tools/mklayer.py" top.tar <<'L'
f 0644 etc/motd changed
f 0644 home/.wh..wh..opq
f 0644 .wh.var
L
for compress in gzip zstd none; do
    image_push --compress=$compress "$registry/demo:$compress" base top.tar \
        > digest || fail "pushed: $compress"
    udocker pull "$registry/demo:$compress"
    run udocker create --name=$compress "$registry/demo:$compress"
    like "$status $out" "^0 $uuid\$" "$compress: the id is printed"
    is "$(readlink "$UDOCKER_DIR/containers/$compress")" "$out" \
        "$compress: the name is a link to it"
    dir=$UDOCKER_DIR/containers/$out
    is "$(cat "$dir/imagerepo.name")" "$registry/demo:$compress" \
        "$compress: its image"
    ok "$compress: its configuration" grep -q '"Cmd"' "$dir/container.json"
    is "$(cat "$dir/ROOT/etc/motd")" changed "$compress: its files"
    ok "$compress: whiteouts" [ ! -e "$dir/ROOT/var" ]
    is "$(ls -A "$dir")" "$(printf '%s\n' ROOT container.json imagerepo.name)" \
        "$compress: nothing more"
    mkdir want
    cp -a base/. want
    rm -r want/var
    echo -n changed > want/etc/motd
    ok "$compress: the tree" diff -r --no-dereference want "$dir/ROOT"
    rm -r want
done
ok 'the stage is empty' stage_is_empty

# --- names

image=$registry/demo:gzip
fails 'a name in use' "name 'gzip' is in use" \
    udocker create --name=gzip "$image"
fails 'no name' "cannot be the name" udocker create --name=a/b "$image"
fails 'no such image' "no image '$registry/none:latest'" \
    udocker create "$registry/none"
old=$(readlink "$UDOCKER_DIR/containers/gzip")
run udocker create --force --name=gzip "$image"
is "$(readlink "$UDOCKER_DIR/containers/gzip")" "$out" '--force moves the name'
ok 'the old container stays' [ -d "$UDOCKER_DIR/containers/$old/ROOT" ]
for n in 1 2 3 4; do
    udocker create --name=race "$image" > "race.$n" 2> "race.$n.err" &
    pids[n]=$!
done
wait "${pids[@]}"
is "$(cat race.? | wc -l)" 1 'one of four gets the name'
is "$(cat race.?.err | grep -c "name 'race' is in use")" 3 'the others are told'
is "$(readlink "$UDOCKER_DIR/containers/race")" "$(cat race.?)" 'and it is its'
ok 'the stage is empty' stage_is_empty

# --- rm

locked=$UDOCKER_DIR/containers/$old/ROOT/etc/locked
mkdir -p "$locked/dir"
chmod 000 "$locked"
fails 'a locked directory' "'$old'.*'locked'.*rm -f" udocker rm "$old"
run_expect 'rm -f' 0 '' '' udocker rm -f "$old"
ok 'it is gone' [ ! -e "$UDOCKER_DIR/containers/$old" ]
run_expect 'rm by names' 0 '' '' udocker rm gzip zstd none race
is "$(containers)" '' 'all are gone, with their names'
ok 'the stage is empty' stage_is_empty

# --- layers that are not what they were

blob=$(find -L "$UDOCKER_DIR/repos/${image%:*}/gzip" -name 'sha256:*' \
    -size +100k)
blob=$UDOCKER_DIR/layers/${blob##*/}
cp "$blob" saved
chmod u+w "$blob"
truncate -s 50000 "$blob"
fails 'a truncated layer' 'truncated gzip input' \
    udocker create --name=bad "$image"
echo garbage > "$blob"
fails 'garbage' 'Unrecognized archive format' \
    udocker create --name=bad "$image"
: > "$blob"
fails 'nothing' 'is empty' udocker create --name=bad "$image"
rm -f "$blob"
fails 'a layer that is gone' 'No such file or directory' \
    udocker create --name=bad "$image"
cp saved "$blob"
run udocker create --name=good "$image"
is "$status" 0 'a retry with the layer as it was'

for name in ../../x escape; do
    case $name in
    escape)
        "$tools/mklayer.py" evil.tar <<'L'
l link ../../../../..
f 0644 link/evil evil
h hard link/evil
f 0644 hard worse
L
        ;;
    *) echo "f 0644 $name evil" | "$tools/mklayer.py" evil.tar ;;
    esac
    image_push "$registry/evil:latest" base evil.tar > digest
    udocker pull "$registry/evil"
    if [ "$name" = escape ]; then
        run udocker create --name=evil "$registry/evil"
        is "$status $(cat "$UDOCKER_DIR/containers/evil/ROOT/evil")" '0 evil' \
            'a link out of the root ends in the root'
        is "$(find "$scratch" -name evil -type f | wc -l)" 1 'and only there'
    else
        fails "a member '$name'" "member '$name' points outside" \
            udocker create --name=evil "$registry/evil"
    fi
done

# --- kill -9 at any time

"$tools/mklayer.py" many.tar < <(
    for ((n = 0; n < 3000; n++)); do
        echo "f 0644 dir$((n % 50))/file$n text"
    done)
image_push "$registry/many:latest" many.tar > digest
udocker pull "$registry/many"
before=$(containers | sort)
for ((n = 1; n <= 20; n++)); do
    udocker create --name=many "$registry/many" > killed 2>&1 &
    pid=$!
    sleep "$(printf '0.%03d' $((n * 7)))"
    kill -9 $pid 2> .kill
    wait $pid 2> .kill
    [ ! -s killed ] || udocker rm many
done 2> .kill
is "$(containers -type d | sort)" "$(grep -v '/many$' <<< "$before" \
    | while read -r file; do [ -L "$file" ] || echo "$file"; done)" \
    'no container is left of 20 that were killed'
unlike "$(udocker ps)" "'many'" 'nor seen'
run udocker create --name=many "$registry/many"
is "$status$err" 0 'the next one is made'
is "$(find "$UDOCKER_DIR/containers/many/ROOT" -type f | wc -l)" 3000 'whole'
ok 'and has removed what the killed ones left' stage_is_empty

# --- a full disk

cat > full.sh <<'F'
mount -t tmpfs -o size=10m tmpfs "$UDOCKER_DIR"
udocker --allow-root mkrepo "$UDOCKER_DIR"
udocker --allow-root pull "$1" || exit 9
head -c 8000000 /dev/zero > "$UDOCKER_DIR/ballast"
udocker --allow-root create --name=full "$1"
echo "status $?"
ls "$UDOCKER_DIR/containers" "$UDOCKER_DIR/.udocker/stage"
udocker --allow-root images
rm "$UDOCKER_DIR/ballast"
udocker --allow-root create --name=full "$1"
echo "status $?"
F
head -c 5000000 /dev/zero > zeros
tar -cf zeros.tar zeros
image_push "$registry/zeros:latest" zeros.tar > digest
mkdir full
if unshare --user --map-root-user --mount true 2> .need; then
    UDOCKER_DIR=$scratch/full run unshare --user --map-root-user --mount \
        bash full.sh "$registry/zeros:latest"
    is "$(grep -c . <<< "$err")" 1 'full disk: one line'
    like "$err" "cannot write 'zeros': No space left on device" 'that says it'
    like "$out" '^status 1' 'status 1'
    like "$out" "/stage:

[^ ]*/containers:
REPOSITORY" 'nothing is left'
    like "$out" "zeros:latest.*$uuid"$'\nstatus 0$' \
        'the image is there, and a retry with room works'
else
    skip 'missing prerequisite: unprivileged user namespaces'
fi

done_testing
