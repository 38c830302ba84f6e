#!/bin/bash
# Pulls over TLS, to a full disk, that are killed, and on a terminal.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/badregistry.sh"
need python3 openssl script

repo=$scratch/repo
export UDOCKER_DIR=$repo

# TLS
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test \
    -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem \
    2> openssl.log
cat key.pem cert.pem > both.pem
badregistry_start --tls="$scratch/both.pem"
run_expect "a certificate of an unknown issuer" 1 '' \
    "~cannot pull '$bad/good:1': the certificate of 'https://$bad' cannot be \
trusted: .*SSL_CERT_FILE .*--insecure" udocker pull "$bad/good:1"
ok "nothing was made" test ! -e "$repo/repos/$bad"
run_expect "--insecure accepts it" 0 '' '' udocker --insecure pull "$bad/good:1"
rm -rf "$repo"
run_expect "SSL_CERT_FILE makes it known" 0 '' '' \
    env SSL_CERT_FILE="$scratch/cert.pem" udocker pull \
    "$bad/good:1"
rm -f "$repo"/layers/*
run_expect "no secure server leads to one of plain http" 1 '' \
    "~is redirected to 'http://$other/.*not secure" \
    env SSL_CERT_FILE="$scratch/cert.pem" udocker pull \
    "$bad/away:1"
rm -f "$repo"/layers/*
run_expect "but with --insecure" 0 '' '' udocker --insecure pull "$bad/away:1"
rm -rf "$repo"

# A full disk: a small tmpfs in a mount namespace of the test's own
badregistry_start
cat > full << 'END'
mount -t tmpfs -o size=3m tmpfs "$1" || exit 77
head -c 1200000 /dev/zero > "$1/ballast"
export UDOCKER_DIR=$1/repo
udocker="udocker --allow-root" # of this namespace
$udocker pull "$2/away:1" || exit
$udocker pull "$2/good:1" && exit 78
# what was here is here, what failed left no trace, and there is a way on
$udocker images
ls -A "$UDOCKER_DIR/.udocker/stage"
rm "$1/ballast"
$udocker pull "$2/good:1" || exit
$udocker images
END
mkdir disk
if as_user unshare -rm true 2> unshare.log; then
    run unshare -rm sh full "$scratch/disk" "$bad"
    is "$status" 0 "a full disk ends a pull, and one with room works again"
    is "$(xargs <<< "$out")" \
        "REPOSITORY $bad/away:1 . REPOSITORY $bad/away:1 . $bad/good:1 ." \
        "the image that was there stays, and no trace of the other"
    like "$err" \
        "^udocker: cannot pull '$bad/good:1': cannot write blob 'sha256:[0-9a-f]*': No \
space left on device$" "the message is one line"
else
    skip "missing prerequisite: unprivileged user namespaces"
fi

# Killed in the middle
for signal in KILL TERM HUP; do
    rm -rf "$repo"
    setsid udocker pull "$bad/stalls:1" 2> err.killed &
    pid=$!
    half_there ()
    {
        [ -s "$(find "$repo/.udocker/stage" -type f)" ]
    }
    ok "$signal: half a layer is in the stage" wait_for 10 half_there
    kill -s $signal $pid
    wait $pid 2> wait.log
    is "$(ls "$repo/repos")" "" "$signal: no image is published"
    run_expect "$signal: the next pull works" 0 '' '' udocker pull "$bad/good:1"
    is "$(ls "$repo/.udocker/stage")" "" "$signal: and has cleaned up"
done

# On a terminal
rm -rf "$repo"
run script -qec "udocker pull $bad/good:1" /dev/null
is "$status" 0 "on a terminal"
like "$out" "$bad/good:1: 0 of 4 layers, [0-9.]* of 2.1 MB" "there is progress"
done_testing
