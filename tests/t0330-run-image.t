#!/bin/bash
# The commands that show images and containers, in the forms that scripts take
# apart, and run with the name of an image.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
need_userns
need docker-registry curl jq

registry_start
image=$registry/demo:1
busybox_push --config='{"Cmd":["echo","first"]}' "$image" > digest
uuid='[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

# containers: how many there are
containers ()
{
    udocker ps | tail -n +2 | wc -l
}

run_expect "run --pull=never of an image that is not here" 125 '' \
    "=udocker: there is no container or image '$image'" \
    udocker run --pull=never "$image"
run_expect "run of an image: pulled, made, run" 0 '=first' '' \
    udocker run "$image"
run_expect "images" 0 "=REPOSITORY
$(printf '%-60s .' "$image")" '' udocker images
run udocker images -l
like "$out" "$image +[.]
  $HOME/.udocker/repos/$registry/demo/1
    /sha256:[0-9a-f]{64} \([0-9]+ MB\)" "images -l"
like "$(udocker images -p)" "$image +[.] linux/$(image_arch)" "images -p"

run udocker ps
like "$out" "^CONTAINER ID +P M NAMES +IMAGE
$uuid [.] W \[\] +$image\$" "ps"
id=$(cut -d ' ' -f 1 <<< "${out##*$'\n'}")
run_expect "name" 0 '' '' udocker name "$id" blue
run_expect "name, one more" 0 '' '' udocker name blue azure
like "$(udocker ps)" "\['azure', 'blue'\]" "ps shows both"
like "$(udocker ps -m -s -p)" "^CONTAINER ID +P M MOD SIZE +PLATFORM +NAMES +IMAGE
$id [.] W N1 +[0-9]+ +linux/$(image_arch) +\['azure', 'blue'\] +$image\$" \
    "ps -m -s -p"
like "$(UDOCKER_DEFAULT_EXECUTION_MODE=F1 udocker ps -m)" "$id [.] W F1" \
    "ps -m with another default"
run_expect "inspect -p" 0 "=$HOME/.udocker/containers/$id/ROOT" '' \
    udocker inspect -p blue
udocker inspect blue > blue.json
is "$(jq -S --indent 4 . blue.json)" "$(cat blue.json)" \
    "inspect: sorted, indented by 4"
is "$(udocker inspect "$image" | jq -c .config)" '{"Cmd":["echo","first"]}' \
    "inspect of an image"
run_expect "inspect of neither" 1 '' \
    "=udocker: there is no container or image 'green'" udocker inspect green

busybox_push --config='{"Cmd":["echo","second"]}' "$image" > digest
run_expect "--pull=missing has it already" 0 '=first' '' \
    udocker run --rm --pull=missing "$image"
run_expect "--pull=always has the new one" 0 '=second' '' \
    udocker run --rm --pull=always "$image"
is "$(containers)" 1 "with --rm nothing stays"
run_expect "--name names what was made" 0 '=second' '' \
    udocker run --name=kept "$image"
run_expect "--name that is taken" 125 '' "~'kept'" \
    udocker run --name=kept "$image"
run_expect "--pull=reuse takes it" 0 '=again' '' \
    udocker run --pull=reuse --name=kept "$image" echo again
is "$(containers)" 2 "and makes no other"
run_expect "--pull=reuse makes what is not there" 0 '=second' '' \
    udocker run --pull=reuse --name=new "$image"
run_expect "udocker-exec of an image, in a single process" 0 '=second' '' \
    udocker-exec --rm "$image"
run_expect "--platform" 125 '' '~s390x' \
    udocker run --pull=always --platform=linux/s390x "$image"
# a mistyped container is taken for an image, which is said
run_expect "neither container nor image" 125 '' \
    "~there is no container '$registry/none', and as an image: " \
    udocker run "$registry/none"

run_expect "rm of several, one of them not there" 1 '' "~'green'" \
    udocker rm kept green new
is "$(containers)" 1 "the others are gone"
run_expect "rmi" 0 '' '' udocker rmi "$image"
run_expect "images again" 0 '=REPOSITORY' '' udocker images
run_expect "rmi of nothing" 1 '' "~$image" udocker rmi "$image"
run_expect "its container still runs" 0 '=first' '' udocker run blue
done_testing
