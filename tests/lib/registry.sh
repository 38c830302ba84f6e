# shellcheck shell=bash disable=SC2154 # variables of base.sh
# registry.sh - a real registry (docker-registry) on 127.0.0.1, and the two
# requests that put things into it. Source tap.sh or base.sh first.

# registry_start [STORAGE]: start a registry and set $registry to its
# HOST:PORT. STORAGE is an existing storage directory, served read-only;
# without it the registry is empty and can be written to. Stopped at exit; may
# be called again for another one.
registry_start ()
{
    local storage=${1:-} dir readonly=false
    command -v docker-registry > "$scratch/.need" \
        || missing "docker-registry"
    dir=$(mktemp -d "$scratch/registry.XXXXXX")
    if [ -n "$storage" ]; then
        readonly=true
    else
        storage=$dir/storage
    fi
    cat > "$dir/config.yml" << CONFIG
version: 0.1
log:
  level: info
storage:
  filesystem:
    rootdirectory: $storage
  delete:
    enabled: true
  maintenance:
    uploadpurging:
      enabled: false
    readonly:
      enabled: $readonly
http:
  addr: 127.0.0.1:0
CONFIG
    docker-registry serve "$dir/config.yml" \
        < /dev/null > "$dir/log" 2>&1 &
    registry_pid=$!
    at_exit stop_pid "$registry_pid"
    registry_log=$dir/log
    if ! wait_for 20 registry_answers; then
        diag "the registry does not answer:" "$(tail -5 "$dir/log")"
        exit 1
    fi
}

# Port 0 lets the kernel choose, so two runs cannot meet on one; the log tells.
registry_answers ()
{
    registry=$(sed -n 's/.*listening on \(127\.0\.0\.1:[0-9]*\).*/\1/p' \
        "$registry_log" | head -n 1)
    [ -n "$registry" ] && curl -fsS "http://$registry/v2/"
}

# registry_stop: stop the one started last.
registry_stop ()
{
    stop_pid "$registry_pid"
}

# blob_push HOST:PORT/NAME FILE: upload a blob and print its digest. Nothing
# looks into the file, so broken ones can be served too.
blob_push ()
{
    local host=${1%%/*} name=${1#*/} digest url
    digest=sha256:$(sha256sum < "$2" | cut -d ' ' -f 1)
    url=$(curl -fsS -X POST -D - -o "$scratch/.push" \
        "http://$host/v2/$name/blobs/uploads/" \
        | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    curl -fsS -X PUT -H 'Content-Type: application/octet-stream' \
        -T "$2" "$url&digest=$digest" >&2 || return
    echo "$digest"
}

# manifest_push HOST:PORT/NAME:TAG TYPE FILE: upload a manifest or an index and
# print its digest. TAG may be a digest (NAME@sha256:...).
manifest_push ()
{
    local host=${1%%/*} name=${1#*/} tag
    case $name in
    *@*) tag=${name#*@} name=${name%%@*} ;;
    *) tag=${name##*:} name=${name%:*} ;;
    esac
    curl -fsS -X PUT -H "Content-Type: $2" --data-binary "@$3" \
        "http://$host/v2/$name/manifests/$tag" >&2 || return
    echo "sha256:$(sha256sum < "$3" | cut -d ' ' -f 1)"
}

# blob_file HOST:PORT/NAME DIGEST: where the writable registry started last
# keeps a blob, for tests that tamper with it.
blob_file ()
{
    local hex=${2#sha256:}
    echo "${registry_log%/log}/storage/docker/registry/v2/blobs/sha256/${hex:0:2}/$hex/data"
}
