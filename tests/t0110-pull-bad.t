#!/bin/bash
# What a registry does wrong ends in one clear line, status 1, and a repository
# in which everything is as it was.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/badregistry.sh"
need python3

repo=$scratch/repo
export UDOCKER_DIR=$repo

# What the repository holds, but for locks
contents ()
{
    (cd "$repo" && find . -path ./.udocker/locks -prune -o -type f \
        -exec sha256sum {} + -o -print) | sort
}

printf '[DEFAULT]\ntimeout = 1\n' > hasty
# shellcheck disable=SC2119  # its options, not ours
badregistry_start
run_expect "a good image" 0 '' '' udocker pull "$bad/good:1"
is "$(find "$repo/layers" -type f | wc -l)" 4 "of four different blobs"
rm -r "$repo"
run_expect "before" 0 '' '' udocker pull "$bad/relative:1"
contents > before

# refused NAME REGEX [OPTION...]: one line, ending in REGEX
refused ()
{
    local name=$1 regex=$2
    shift 2
    # what was whole may stay: begin without it
    rm -f "$repo"/layers/*
    run_expect "$name" 1 '' "~^udocker: cannot pull '$bad/$name:1': $regex" \
        udocker "$@" pull "$bad/$name:1"
    [ "$(wc -l <<< "$err")" = 1 ] || fail "$name: more than a line" "$err"
    # the blobs that came whole are not half
    ok "$name: nothing half is left" nothing_half
}

nothing_half ()
{
    local file
    for file in "$repo"/layers/*; do
        [ -e "$file" ] || continue
        [ "${file##*/}" = "sha256:$(sha256sum < "$file" | cut -c 1-64)" ] \
            || return 1
    done
    [ -z "$(ls "$repo/.udocker/stage")" ] \
        && [ "$(ls "$repo/repos/$bad")" = relative ]
}

refused tampered "blob 'sha256:[0-9a-f]{64}' is damaged or was tampered with: "
refused cut "the connection to 'http://$bad' was cut in the middle: .*\(try \
again\)$"
refused short "blob 'sha256:.*' is incomplete: 500000 of 1048576 bytes$"
refused long "blob 'sha256:.*' is larger than its manifest says \(1048576 bytes\)$"
refused wrong-size "blob 'sha256:.*' is larger than its manifest says"
refused huge "its manifest is larger than the 4194304 bytes allowed$"
refused cut-manifest "the connection to 'http://$bad' was cut in the middle"
refused truncated "'manifest' is not valid JSON: "
refused html "'manifest' is not valid JSON: "
refused empty "'manifest' is not valid JSON: "
refused nul "'manifest' is not valid JSON: "
refused deep "'manifest' is not valid JSON: maximum parsing depth"
refused other-manifest "its manifest is damaged or was tampered with: "
refused list "its manifest is none of an image$"
refused neither "its manifest is none of an image$"
refused both "its index is a manifest too$"
refused schema1 "its manifest is of schema 1"
refused empty-index "its index has no image for any platform$"
refused attested "its index has no image for any platform$"
refused too-nested "its index leads to more than 3 others$"
refused many-layers "it has 513 layers, more than the 512 allowed$"
refused no-size "its manifest has no valid size of a layer 'sha256:"
refused negative-size "its manifest has no valid size of a layer"
refused bad-digest "its manifest has no valid digest of a layer: sha256:\.\./"
refused md5-digest "its manifest has no valid digest of a layer: md5:"
refused encrypted "it has a layer of the unknown type '"
refused chart "it is no image of a container but 'application/vnd.cncf.helm"
refused big-config "its configuration of 5242880 bytes is larger than the "
refused text-config "'sha256:.*' is not valid JSON: "
refused missing-blob "registry 'http://$bad' does not have blob 'sha256:0*'$"
refused forbidden "registry 'http://$bad' denies access to 'forbidden' with"
refused throttled "registry 'http://$bad' has been asked too often"
refused broken "registry 'http://$bad' answers with HTTP status 500 for "
refused down "registry .* HTTP status 503 .*\(try again later\)$"
refused teapot "registry .* HTTP status 418 "
refused found-nothing "registry .* HTTP status 302 "
refused basic "registry .* to anonymous users \(it may not exist, or need a"
refused many-headers "'http://.*' answers with more than 65536 bytes of header$"
refused loop "more than 10 redirections for blob 'sha256:"
refused to-file "blob 'sha256:.*' is redirected to 'file:///etc/passwd#sha256"
refused silent "'http://$bad' does not answer in time: " --config="$scratch/hasty"
refused hangs-up "'http://$bad' gave no answer: "

# Tokens
refused evil-token "registry .*: the token server's answer has a malformed"
refused no-token "registry .*: the token server's answer has no token$"
refused big-token "registry .*: a token server's answer is larger than 65536"
refused denied-token "registry .*: its token server refuses .*status 401"
refused wrong-token "registry .* does not give .* to anonymous users"

run_expect "after all that, what was there is fetched again" 0 '' '' \
    udocker pull "$bad/relative:1"
contents > after
ok "and the repository is what it was" diff before after

for name in token access-token expiring nested away token-away; do
    rm -f "$repo"/layers/*
    run_expect "$name" 0 '' '' udocker pull "$bad/$name:1"
done
like "$(cat "$bad_log")" "registry /v2/token-away/blobs/[^ ]* Bearer secret" \
    "the token goes to the registry"
like "$(cat "$bad_log")" "other /v2/good/blobs/sha256:[0-9a-f]* -" \
    "the other server is asked without it"
unlike "$(cat "$bad_log")" "other [^ ]* Bearer" "and never with it"
unlike "$(find "$repo" -type f -exec cat {} + | tr -d '\0')" "secret-token" \
    "it is written nowhere"

# Ways to the registry
for scheme in socks4a socks5h; do
    rm -rf "$repo"
    run_expect "by a proxy: $scheme" 0 '' '' udocker pull \
        "--httpproxy=$scheme://$socks" "--registry=http://reg.invalid" good
    like "$(cat "$bad_log")" "socks reg.invalid -" "$scheme: which was used"
done
export http_proxy=http://127.0.0.1:1
run_expect "the environment's proxy is not for this machine" 0 '' '' \
    udocker pull "$bad/good:2"
run_expect "but for others" 1 '' "~cannot connect to 'http://reg.invalid'" \
    udocker pull --registry=http://reg.invalid good
unset http_proxy
run_expect "a name that is not known" 1 '' \
    "~the name of 'https://reg.invalid' is not known: .*whether a proxy" \
    udocker pull reg.invalid/good
run_expect "nobody there" 1 '' "~cannot connect to 'http://127.0.0.1:1'" \
    udocker pull 127.0.0.1:1/good
run_expect "no https either" 1 '' "~'ftp://$bad' is not of http or https" \
    udocker pull "--registry=ftp://$bad" good
run_expect "no user name in the URL" 1 '' "~URL may hold no user name" \
    udocker pull "--registry=http://me:pass@$bad" good
unlike "$err" pass "nor its password in the message"
run_expect "upper case" 1 '' "~images are in lower case" udocker pull "$bad/Good"
done_testing
