# shellcheck shell=bash disable=SC2154 # variables of base.sh, registry.sh
# image.sh - makes images, byte by byte, and pushes them. Source registry.sh
# first. Needs no privileges but for the Debian image, which
# tests/tools/mpi-image.sh makes.

# busybox_root DIR: a root file system of one static program.
busybox_root ()
{
    local busybox dir=$1 applet
    busybox=$(command -v busybox) \
        || missing "busybox-static"
    ldd "$busybox" > "$scratch/.need" 2>&1 \
        && missing "busybox-static"
    mkdir -p "$dir"/{bin,dev,etc,home,proc,root,sys,tmp,usr/bin,var/tmp}
    chmod 1777 "$dir/tmp" "$dir/var/tmp"
    cp "$busybox" "$dir/bin/busybox"
    for applet in $(busybox --list); do
        [ "$applet" = busybox ] || ln -sf busybox "$dir/bin/$applet"
    done
    echo 'root:x:0:0:root:/root:/bin/sh' > "$dir/etc/passwd"
    echo 'guest:x:1234:1234:guest:/home:/bin/sh' >> "$dir/etc/passwd"
    printf 'root:x:0:\nguest:x:1234:\n' > "$dir/etc/group"
    printf 'ID=busybox\nNAME="BusyBox"\n' > "$dir/etc/os-release"
}

# layer_tar DIR FILE: a layer's tar, the same bytes for the same tree. Owned by
# root whoever calls.
layer_tar ()
{
    tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner \
        --mtime=@1600000000 -cf "$2" .
}

# layer_compress FILE HOW: gzip, zstd or none; prints the name of the result.
layer_compress ()
{
    case $2 in
    gzip) gzip -n1 < "$1" > "$1.gz" && echo "$1.gz" ;;
    zstd) zstd -q -f "$1" -o "$1.zst" && echo "$1.zst" ;;
    none) echo "$1" ;;
    esac
}

image_media_type ()
{
    case $1:$2 in
    oci:manifest) echo application/vnd.oci.image.manifest.v1+json ;;
    oci:index) echo application/vnd.oci.image.index.v1+json ;;
    oci:config) echo application/vnd.oci.image.config.v1+json ;;
    oci:gzip) echo application/vnd.oci.image.layer.v1.tar+gzip ;;
    oci:zstd) echo application/vnd.oci.image.layer.v1.tar+zstd ;;
    oci:none) echo application/vnd.oci.image.layer.v1.tar ;;
    docker:manifest) echo application/vnd.docker.distribution.manifest.v2+json ;;
    docker:index) echo application/vnd.docker.distribution.manifest.list.v2+json ;;
    docker:config) echo application/vnd.docker.container.image.v1+json ;;
    docker:*) echo application/vnd.docker.image.rootfs.diff.tar.gzip ;;
    esac
}

# descriptor TYPE FILE [MORE]: a JSON descriptor of the file.
descriptor ()
{
    printf '{"mediaType":"%s","digest":"sha256:%s","size":%d%s}' "$1" \
        "$(sha256sum < "$2" | cut -d ' ' -f 1)" "$(stat -c %s "$2")" "${3:-}"
}

# The image's own architecture in the registry's words.
image_arch ()
{
    case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
    esac
}

# image_push [OPTION...] HOST:PORT/NAME:TAG LAYER...: pack each LAYER (a
# directory, or a ready tar file), push all and print the manifest's digest.
#   --format=oci|docker          default oci
#   --compress=gzip|zstd|none    default gzip
#   --platform=OS/ARCH[/VARIANT] default linux and this machine's
#   --config=JSON                the config object, default {"Cmd":["sh"]}
image_push ()
{
    local format=oci compress=gzip platform config='{"Cmd":["sh"]}'
    local ref dir n=0 layer tar packed layers='' diffs='' sep=''
    platform=linux/$(image_arch)
    while [[ $1 = --* ]]; do
        case $1 in
        --format=*) format=${1#*=} ;;
        --compress=*) compress=${1#*=} ;;
        --platform=*) platform=${1#*=} ;;
        --config=*) config=${1#*=} ;;
        *) diag "image_push: unknown option '$1'"; return 1 ;;
        esac
        shift
    done
    ref=$1
    shift
    dir=$(mktemp -d "$scratch/image.XXXXXX")
    for layer in "$@"; do
        n=$((n + 1))
        tar=$layer
        if [ -d "$layer" ]; then
            tar=$dir/$n.tar
            layer_tar "$layer" "$tar" || return
        fi
        packed=$(layer_compress "$tar" "$compress") || return
        blob_push "${ref%:*}" "$packed" > "$dir/digest" || return
        layers+=$sep$(descriptor "$(image_media_type "$format" "$compress")" \
            "$packed")
        diffs+=$sep\"sha256:$(sha256sum < "$tar" | cut -d ' ' -f 1)\"
        sep=,
    done
    image_config "$platform" "$config" "$diffs" > "$dir/config.json"
    blob_push "${ref%:*}" "$dir/config.json" > "$dir/digest" || return
    printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' \
        "$(image_media_type "$format" manifest)" \
        "$(descriptor "$(image_media_type "$format" config)" \
            "$dir/config.json")" "$layers" > "$dir/manifest.json"
    manifest_push "$ref" "$(image_media_type "$format" manifest)" \
        "$dir/manifest.json" || return
    rm -rf "$dir"
}

# image_config PLATFORM CONFIG DIFFS: the image's configuration file.
image_config ()
{
    local os arch variant
    IFS=/ read -r os arch variant <<< "$1"
    printf '{"created":"2020-09-13T12:26:40Z","os":"%s","architecture":"%s",' \
        "$os" "$arch"
    [ -z "$variant" ] || printf '"variant":"%s",' "$variant"
    printf '"config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}' "$2" "$3"
}

# index_push [--format=oci|docker] HOST:PORT/NAME:TAG TAG=OS/ARCH[/VARIANT]...:
# an index over images of the same NAME that were pushed before.
index_push ()
{
    local format=oci ref entry file os arch variant list='' sep='' platform
    case $1 in
    --format=*) format=${1#*=}; shift ;;
    esac
    ref=$1
    shift
    file=$(mktemp "$scratch/index.XXXXXX")
    for entry in "$@"; do
        IFS=/ read -r os arch variant <<< "${entry#*=}"
        curl -fsS -o "$file" \
            -H "Accept: $(image_media_type "$format" manifest)" \
            "http://${ref%%/*}/v2/$(ref_name "$ref")/manifests/${entry%%=*}" \
            || return
        platform=",\"platform\":{\"os\":\"$os\",\"architecture\":\"$arch\""
        [ -z "$variant" ] || platform+=",\"variant\":\"$variant\""
        list+=$sep$(descriptor "$(image_media_type "$format" manifest)" \
            "$file" "$platform}")
        sep=,
    done
    printf '{"schemaVersion":2,"mediaType":"%s","manifests":[%s]}' \
        "$(image_media_type "$format" index)" "$list" > "$file"
    manifest_push "$ref" "$(image_media_type "$format" index)" "$file"
}

# ref_name HOST:PORT/NAME:TAG: NAME
ref_name ()
{
    local name=${1#*/}
    echo "${name%:*}"
}

# busybox_push [OPTION of image_push...] HOST:PORT/NAME:TAG: the small image.
busybox_push ()
{
    [ -d "$scratch/busybox-root" ] || busybox_root "$scratch/busybox-root"
    image_push "$@" "$scratch/busybox-root"
}

# mpi_image_start: serve the Debian image with Open MPI and MPICH; sets
# $mpi_image to its reference and $mpi_bin to a directory with the same
# programs for the host: hello-ompi, hello-mpich. In the image they are
# /opt/hello-ompi, /opt/hello-mpich and /opt/hello (Open MPI).
mpi_image_start ()
{
    local dir
    dir=$("${BASH_SOURCE[0]%/*}/../tools/mpi-image.sh" --print)
    [ -d "$dir/registry" ] \
        || missing "the MPI image (tests/tools/mpi-image.sh as root)"
    registry_start "$dir/registry"
    # shellcheck disable=SC2034  # results, for the caller
    mpi_image=$registry/demo:latest mpi_bin=$dir/bin
}
