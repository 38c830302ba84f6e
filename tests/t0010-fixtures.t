#!/bin/bash
# The ground of the other tests: registry, images, clean-up.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
need docker-registry curl skopeo jq

if [ -n "$UDOCKER_TEST_USER" ]; then
    is "$(id -un)" "$UDOCKER_TEST_USER" "runs as the unprivileged user"
fi

registry_start
ok "the registry answers" curl -fsS "http://$registry/v2/"

# skopeo is the independent judge of what was pushed
inspect ()
{
    skopeo inspect --tls-verify=false "$@"
}

for format in oci docker; do
    busybox_push --format=$format "$registry/busybox:$format" > digest
    is "$(inspect "docker://$registry/busybox:$format" | jq -r .Digest)" \
        "$(cat digest)" "$format: the registry has the manifest"
    is "$(inspect "docker://$registry/busybox:$format" | jq -r .Os)" linux \
        "$format: and its configuration"
done

busybox_push --compress=zstd "$registry/busybox:zstd" > digest
is "$(inspect --raw "docker://$registry/busybox:zstd" \
    | jq -r '.layers[].mediaType')" \
    application/vnd.oci.image.layer.v1.tar+zstd "zstd: the layer's type"
ok "zstd: the whole image is sound" skopeo copy -q --src-tls-verify=false \
    "docker://$registry/busybox:zstd" "dir:$scratch/zstd"

mkdir -p top/etc
echo changed > top/etc/motd
busybox_root base
image_push "$registry/two:latest" base top > digest
is "$(inspect "docker://$registry/two:latest" | jq '.Layers | length')" 2 \
    "two layers"

busybox_push --platform=linux/s390x "$registry/busybox:s390x" > digest
for format in oci docker; do
    busybox_push --format=$format "$registry/multi:own" > digest
    busybox_push --format=$format --platform=linux/arm/v7 "$registry/multi:arm" \
        > digest
    index_push --format=$format "$registry/multi:latest" \
        "own=linux/$(image_arch)" arm=linux/arm/v7 > digest
    is "$(inspect --raw "docker://$registry/multi:latest" \
        | jq -c '[.manifests[].platform.architecture]')" \
        "[\"$(image_arch)\",\"arm\"]" "$format: an index"
    ok "$format: all of the index is sound" skopeo copy -q --all \
        --src-tls-verify=false "docker://$registry/multi:latest" \
        "dir:$scratch/multi-$format"
done

data=$(blob_file "$registry/busybox" "$(inspect --raw \
    "docker://$registry/busybox:oci" | jq -r '.layers[0].digest')")
printf X | dd of="$data" bs=1 seek=100 conv=notrunc 2> dd.log
not_ok "a tampered layer is noticed" skopeo copy -q --src-tls-verify=false \
    "docker://$registry/busybox:oci" "dir:$scratch/tampered"

pid=$registry_pid
registry_stop
ok "the registry stops" gone "$pid"
done_testing
