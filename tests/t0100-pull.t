#!/bin/bash
# Images from a real registry come into the repository, in udocker's layout.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
need docker-registry curl jq skopeo zstd

repo=$scratch/repo
export UDOCKER_DIR=$repo

stage_is_empty ()
{
    [ -z "$(ls "$repo/.udocker/stage")" ]
}

# The layers that a tag's manifest names, as a list of links.
manifest_blobs ()
{
    jq -r '[.layers[].digest, .config.digest] | unique[]' "$1/manifest"
}

links ()
{
    find "$1" -type l -printf '%f\n' | sort -u
}

blobs_are_sound ()
{
    local file
    for file in "$repo"/layers/*; do
        [ "${file##*/}" = "sha256:$(sha256sum < "$file" | cut -d ' ' -f 1)" ] \
            || return 1
    done
}

registry_start
mkdir -p top/etc
echo changed > top/etc/motd
busybox_root base

for format in oci docker; do
    image_push --format=$format "$registry/two:$format" base top > digest
    run_expect "$format: pulled" 0 '' '' udocker pull "$registry/two:$format"
    tag=$repo/repos/$registry/two/$format
    is "sha256:$(sha256sum < "$tag/manifest" | cut -d ' ' -f 1)" \
        "$(cat digest)" "$format: the manifest is the registry's, to the byte"
    is "$(links "$tag")" "$(manifest_blobs "$tag")" \
        "$format: links to its blobs, and to nothing else"
    is "$(readlink "$tag/$(manifest_blobs "$tag" | head -n 1)")" \
        "../../../../layers/$(manifest_blobs "$tag" | head -n 1)" \
        "$format: they are relative"
    ok "$format: and lead to them" test -z "$(find -L "$tag" -type l)"
    is "$(cat "$tag/TAG")" "$repo/repos/$registry/two:$format" \
        "$format: TAG is udocker's"
    is "$(find "$tag" -type f -printf '%f\n' | sort | xargs)" \
        "TAG manifest v2" "$format: nothing more is there"
done
ok "all blobs have their digest" blobs_are_sound
ok "the stage is empty" stage_is_empty

for compress in zstd none; do
    busybox_push --compress=$compress "$registry/busybox:$compress" > digest
    run_expect "$compress: pulled" 0 '' '' udocker pull "$registry/busybox:$compress"
done

# What is here is not fetched again
fetched ()
{
    grep -c 'GET /v2/[a-z]*/blobs/' "$registry_log"
}
before=$(fetched)
run_expect "once more" 0 '' '' udocker pull "$registry/two:oci"
is "$(fetched)" "$before" "no blob is fetched again"
victim=$repo/layers/$(jq -r '.layers[0].digest' "$tag/manifest")
chmod u+w "$victim"
truncate -s 10 "$victim"
run_expect "once more, with a truncated blob" 0 '' '' udocker pull "$registry/two:docker"
is "$(fetched)" $((before + 1)) "that one is fetched again"
ok "and sound again" blobs_are_sound

# A tag that changes
tag=$repo/repos/$registry/two/oci
touch "$tag/PROTECT"
image_push "$registry/two:oci" top > digest
run_expect "a tag that has changed" 0 '' '' udocker pull "$registry/two:oci"
is "sha256:$(sha256sum < "$tag/manifest" | cut -d ' ' -f 1)" \
    "$(cat digest)" "has the new manifest"
is "$(links "$tag")" "$(manifest_blobs "$tag")" "and its links alone"
ok "its mark of protection stays" test -e "$tag/PROTECT"

# An image that was loaded becomes one that was pulled
tag=$repo/repos/$registry/two/docker
rm "$tag"/* && touch "$tag/v1" "$tag/container.json"
echo '["abc"]' > "$tag/ancestry"
ln -s ../../../../layers/abc.layer "$tag/abc.layer"
echo x > "$tag/TAG"
run_expect "over a loaded image" 0 '' '' udocker pull "$registry/two:docker"
is "$(find "$tag" -type f -printf '%f\n' | sort | xargs)" "TAG manifest v2" \
    "nothing of it stays"
is "$(links "$tag")" "$(manifest_blobs "$tag")" "no link either"

# A filesystem without locks, as Lustre may be: ENOSYS
run_expect "without locks" 0 '' '' \
    "${0%/*}/tools/deny" flock=38 udocker pull "$registry/two:docker"

# By digest
run_expect "by digest" 0 '' '' udocker pull "$registry/two@$(cat digest)"
ok "the digest is the tag" test -e "$repo/repos/$registry/two/$(cat digest)/v2"
run_expect "another registry than the name's" 0 '' '' \
    udocker pull "--registry=http://$registry" two:oci
ok "the name is the user's" test -e "$repo/repos/two/oci/v2"

# Names within names
image_push "$registry/two/oci:x" top > digest
run_expect "no image inside the tag of another" 1 '' \
    "~an image with tag 'oci' is in the way of the name '$registry/two/oci'" \
    udocker pull "$registry/two/oci:x"
image_push "$registry/a/b:x" top > digest
image_push "$registry/a:b" top > digest
run_expect "an image of two parts" 0 '' '' udocker pull "$registry/a/b:x"
run_expect "no tag over the images of another" 1 '' \
    "~tag 'b' is in the way of other images" udocker pull "$registry/a:b"
ok "which is still there" test -e "$repo/repos/$registry/a/b/x/v2"

# Platforms
busybox_push --platform=linux/s390x "$registry/multi:other" > digest
busybox_push --platform=linux/arm/v6 "$registry/multi:v6" > digest
busybox_push --platform=linux/arm/v7 "$registry/multi:v7" > digest
busybox_push "$registry/multi:own" > digest
arch ()
{
    local tag=$repo/repos/$registry/multi/$1
    jq -r '.architecture + (.variant // "")' \
        "$tag/$(jq -r .config.digest "$tag/manifest")"
}
for format in oci docker; do
    for tag in other own v6 v7; do
        busybox_push --format=$format --platform="$(case $tag in
            other) echo linux/s390x ;;
            own) echo "linux/$(image_arch)" ;;
            *) echo linux/arm/$tag ;;
            esac)" "$registry/multi:$tag" > digest
    done
    index_push --format=$format "$registry/multi:$format" other=linux/s390x \
        v6=linux/arm/v6 v7=linux/arm/v7 "own=linux/$(image_arch)" > digest
    run_expect "$format: an index" 0 '' '' udocker pull "$registry/multi:$format"
    is "$(arch $format)" "$(image_arch)" "$format: this machine's is chosen"
    run_expect "$format: one that is asked for" 0 '' '' \
        udocker pull --platform=linux/s390x "$registry/multi:$format"
    is "$(arch $format)" s390x "$format: is chosen"
    run_expect "$format: arm" 0 '' '' \
        udocker pull --platform=linux/arm/v6 "$registry/multi:$format"
    is "$(arch $format)" armv6 "$format: of the variant"
    run_expect "$format: a platform that there is not" 1 '' \
        "~not for platform 'linux/mips' but for linux/s390x, linux/arm/v6, " \
        udocker pull --platform=linux/mips "$registry/multi:$format"
    is "$(arch $format)" armv6 "$format: the image is what it was"
done
run_expect "an image of another platform than asked for" 1 '' \
    "~not for platform 'linux/mips' but for linux/s390x$" \
    udocker pull --platform=linux/mips "$registry/multi:other"

# Many at once
rm -rf "$repo"
pids=()
for i in 1 2 3 4 5 6 7 8; do
    udocker pull "$registry/multi:own" 2> "err.$i" &
    pids+=($!)
done
failed=0
for pid in "${pids[@]}"; do
    wait "$pid" || failed=$((failed + 1))
done
is "$failed $(cat err.*)" "0 " "eight at once all succeed"
ok "with sound blobs" blobs_are_sound
ok "and an empty stage" stage_is_empty

run_expect "a repository that is not there" 1 '' \
    "~^udocker: cannot pull '$registry/none:x': registry 'http://$registry' \
does not have 'none' with tag 'x'" udocker pull "$registry/none:x"
run_expect "a name that is none" 1 '' "~malformed path 'Ä'" udocker pull Ä
done_testing
