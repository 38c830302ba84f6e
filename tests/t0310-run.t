#!/bin/bash
# udocker run and udocker-exec, on a container made by hand: what of the command
# line, the image and the host arrives inside.
# shellcheck disable=SC2016 # what is expanded by the shell inside
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/image.sh"
need_userns
need jq

# container ID NAME CONFIG: a container of one static program
container ()
{
    local dir=$HOME/.udocker/containers/$1
    mkdir -p "$dir/ROOT"
    busybox_root "$dir/ROOT"
    echo "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":$3}" \
        > "$dir/container.json"
    printf 'busybox:latest' > "$dir/imagerepo.name"
    ln -s "$1" "$HOME/.udocker/containers/$2"
}

udocker -q install
id1=11111111-1111-3111-8111-111111111111
id2=22222222-2222-3222-8222-222222222222
container $id1 demo '{"Env":["PATH=/bin:/usr/bin","COLOR=red"],
    "Cmd":["echo","from","cmd"],"WorkingDir":"/tmp"}'
container $id2 entry '{"Entrypoint":["echo","entry"],"Cmd":["cmd"],
    "User":"guest"}'

for program in 'udocker run' udocker-exec; do
    # shellcheck disable=SC2086 # a command and its word
    run_expect "$program: the image's command" 0 '=from cmd' '' $program demo
    # shellcheck disable=SC2086
    run_expect "$program: one of ours, by the id" 0 =/tmp '' $program $id1 pwd
    # shellcheck disable=SC2086
    run_expect "$program: its exit status" 7 '' '' $program demo sh -c 'exit 7'
    # shellcheck disable=SC2086
    run_expect "$program: its death" 143 '' '*' $program demo sh -c 'kill $$'
    # shellcheck disable=SC2086
    run_expect "$program: no such program" 127 '' \
        "~there is no program 'none' in the container" $program demo none
    # shellcheck disable=SC2086
    run_expect "$program: a program that cannot be run" 126 '' \
        "~cannot run '/etc/passwd' in the container" $program demo /etc/passwd
    # shellcheck disable=SC2086
    run_expect "$program: no such directory" 125 '' \
        "~directory '/none' of the container" $program -w /none demo pwd
done
run_expect "udocker-exec: no such container" 125 '' \
    "~there is no container or image 'dmeo'" udocker-exec --pull=never dmeo
run_expect "an entry point" 0 '=entry cmd' '' udocker run entry
run_expect "an entry point and words" 0 '=entry a b' '' udocker run entry a b
run_expect "--entrypoint" 0 '=/' '' udocker run --entrypoint=pwd entry
run_expect "the image's user" 0 '=1234:1234' '' udocker run \
    --entrypoint= entry sh -c 'echo $(id -u):$(id -g)'
run_expect "standard input goes through" 0 '=abc' '' \
    bash -c 'echo abc | udocker run demo cat'
run_expect "output goes through unchanged" 0 '~ 1000000 ' '' \
    bash -c 'udocker run demo dd if=/dev/zero bs=1000 count=1000 2> dd.log \
        | wc -c | sed "s/.*/ & /"'

# what a program says with these options of run
inside ()
{
    udocker run "${@:1:$#-1}" demo sh -c "${!#}" 2>&1
}

me=$(id -un)
is "$(inside 'id -un; id -u; echo $USER')" "$me
$(id -u)
$me" "the caller is known inside"
is "$(inside --user=root 'id -u; echo $HOME')" "0
/root" "--user=root"
is "$(inside --user=guest 'id -un; echo $HOME')" "guest
/home" "--user=guest"
is "$(inside -u 5:6 'id -u; id -g')" "5
6" "--user=5:6"
like "$(inside --user=nemo true)" "user 'nemo' is not known" "--user=nemo"
is "$(inside --containerauth 'id -u; grep -c . /etc/passwd')" \
    "$(id -u)
2" "--containerauth"
like "$(inside --hostauth 'head -n 1 /etc/passwd; echo $HOME')" \
    "^$me:.*:$HOME:.*$HOME\$" "--hostauth"
is "$(grep -c . "$HOME/.udocker/containers/demo/ROOT/etc/passwd")" 2 \
    "the container's own passwd is as it was"

mkdir data
echo text > data/file
is "$(inside -v "$scratch/data" "cat $scratch/data/file")" text "-v DIR"
is "$(inside -v "$scratch/data:/mnt/new" 'cat /mnt/new/file')" text \
    "-v DIR:NEW"
is "$(inside -v data:/m 'cat /m/file')" text "-v of a relative path"
is "$(inside -v data/file:/etc/motd 'cat /etc/motd')" text "-v of a file"
like "$(inside -v data:/m:ro 'echo x > /m/file')" 'Read-only' "-v with ro"
like "$(inside -v none:/m true)" "$scratch/none" "-v of nothing"
is "$(inside --bindhome 'cd; pwd')" "$HOME" "--bindhome"
is "$(inside --nosysdirs 'ls /proc /sys /dev')" "/dev:

/proc:

/sys:" "--nosysdirs"
is "$(inside --novol=/sys 'ls /sys; test -e /proc/self && echo proc')" proc \
    "--novol"

is "$(HIDDEN=1 inside 'echo $COLOR $HIDDEN')" red "the image's environment"
is "$(SHOWN=1 COLOR=blue inside --hostenv 'echo $COLOR $SHOWN')" 'red 1' \
    "--hostenv"
is "$(A=1 inside -e A -e B=2 'echo $A $B')" '1 2' "--env"
printf '# comment\n\nA=file line\nB=2\r\n' > vars
is "$(inside --env-file=vars -e B=3 'echo $A $B')" 'file line 3' "--env-file"
like "$(inside --env-file=none true)" "cannot open 'none'" \
    "--env-file of nothing"
is "$(inside --nometa 'echo $COLOR; pwd')" "
/" "--nometa"
is "$(inside 'echo $container_uuid $container_execmode $container_names')" \
    "$id1 N1 demo" "what the program is told about the container"
is "$(inside --cpuset-cpus=0 'grep Cpus_allowed_list /proc/self/status')" \
    $'Cpus_allowed_list:\t0' "--cpuset-cpus"
like "$(inside --cpuset-cpus=x true)" "'x' is not a list of CPUs" \
    "--cpuset-cpus of no CPUs"

root=$(udocker inspect -p demo)
run_expect "--location" 0 '=busybox' '' udocker run --location="$root" \
    sh -c '. /etc/os-release; echo $ID'
run_expect "--location of nothing" 125 '' "~cannot open the root '$scratch/none'" \
    udocker run --location=none true

udocker run --print-plan -e A=1 -v data:/m demo id > plan.json
is "$(jq -c '[.mode, .argv, .uid]' plan.json)" "[\"N1\",[\"id\"],$(id -u)]" \
    "--print-plan"
is "$(jq -r '.env[] | select(startswith("A="))' plan.json)" A=1 "  its env"
is "$(jq -r '.mounts[] | select(.cpath == "/m").host_path' plan.json)" \
    "$scratch/data" "  its mounts"

printf F3 > "$HOME/.udocker/containers/demo/execmode"
run_expect "a mode that is not in this version" 125 '' \
    "~'F3'.*--execmode=N1 runs in another one this time" udocker run demo true
run_expect "--execmode" 0 '=from cmd' '' udocker run --execmode=N1 demo
rm "$HOME/.udocker/containers/demo/execmode"
run_expect "a default mode that is not in this version" 125 '' "~'P1'" \
    env UDOCKER_DEFAULT_EXECUTION_MODE=P1 udocker run demo true

run_expect "--name of a container that is there" 0 '=from cmd' '' \
    udocker run --name=second demo
run_expect "  and again" 0 '=from cmd' '' udocker run --name=second demo
run_expect "  and it has it" 0 '=from cmd' '' udocker run second
run_expect "--name that another one has" 125 '' "~'entry'" \
    udocker run --name=entry demo
run_expect "--pull=never of nothing" 125 '' \
    "=udocker: there is no container or image 'nothing'" \
    udocker run --pull=never nothing
run_expect "several ranks and no container" 125 '' \
    "~no container 'nothing'.*udocker create" \
    env OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2 PMIX_NAMESPACE=x \
    udocker-exec nothing

echo '{"config":{"Cmd":7}}' > "$HOME/.udocker/containers/entry/container.json"
run_expect "metadata that cannot be" 125 '' \
    "=udocker: container 'entry': container.json: 'Cmd' is not a list of strings" \
    udocker run entry
echo 'x' > "$HOME/.udocker/containers/entry/container.json"
run_expect "metadata that is no JSON" 125 '' '~not valid JSON' \
    udocker run entry
done_testing
