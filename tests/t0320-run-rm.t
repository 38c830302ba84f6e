#!/bin/bash
# udocker run --rm: a parent stays, hands signals on, ends as the program did
# and takes the container with it.
# shellcheck disable=SC2016 # what is expanded by the shell inside
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/image.sh"
need_userns
need setpriv

udocker -q install
id=11111111-1111-3111-8111-111111111111
containers=$HOME/.udocker/containers
busybox_root "$scratch/busybox"

fresh ()
{
    mkdir -p "$containers/$id"
    cp -R "$scratch/busybox" "$containers/$id/ROOT"
    echo '{"config":{"Env":["PATH=/bin"]}}' > "$containers/$id/container.json"
    ln -sf "$id" "$containers/demo"
}

# gone_is WHAT: nothing of the container is left
gone_is ()
{
    is "$(ls "$containers")" '' "  $1"
}

for program in 'udocker run' udocker-exec; do
    fresh
    # shellcheck disable=SC2086 # a command and its word
    run_expect "$program --rm: the exit status" 5 '=out' '' \
        $program --rm demo sh -c 'mkdir /d; chmod 0 /d; echo out; exit 5'
    gone_is "the container is gone, locked directories too"
done

fresh
run_expect "death by a signal" 134 '' '*' udocker run --rm demo \
    sh -c 'ulimit -c unlimited; kill -ABRT $$'
gone_is "the container is gone"
is "$(find . -name 'core*')" '' "  no core file"

fresh
run_expect "a program that is not there" 127 '' '~no program' \
    udocker run --rm demo none
gone_is "the container is gone"

fresh
run_expect "--rm of a process that ignores its children's end" 3 '' '' \
    bash -c 'trap "" CHLD; exec udocker run --rm demo sh -c "exit 3"'
gone_is "the container is gone"

# start CMD...: in the background; $pid, and it has written to $scratch/out
start ()
{
    fresh
    : > out
    # a shell that is no terminal's has its background ignore INT and QUIT
    env --default-signal udocker run --rm demo "$@" > out 2>&1 &
    pid=$!
    wait_for 10 grep -q ready out
}

for signal in TERM HUP INT USR1 QUIT WINCH; do
    start sh -c "trap 'echo got $signal; exit 9' $signal; echo ready
        while :; do sleep 0.05; done"
    kill -"$signal" $pid
    wait $pid
    is "$? $(tail -n 1 out)" "9 got $signal" "$signal is handed on"
done
gone_is "the container is gone"

start sh -c 'echo ready; exec sleep 100'
kill -TERM $pid
wait $pid 2> wait.log
is $? 143 "TERM kills the program, and then us"
gone_is "the container is gone"

start sh -c 'echo ready; exec sleep 100'
program=$(pgrep -P $pid)
kill -STOP "$program"
wait_for 10 grep -q 'State:.T' "/proc/$pid/status"
ok "stopped with the program" grep -q 'State:.T' "/proc/$pid/status"
kill -CONT $pid
wait_for 10 grep -q 'State:.S' "/proc/$program/status"
ok "goes on with us" grep -q 'State:.S' "/proc/$program/status"
kill -KILL "$program"
wait $pid 2> wait.log
is $? 137 "killed as the program was"

start sh -c 'echo ready; exec sleep 100'
program=$(pgrep -P $pid)
kill -KILL $pid
wait $pid 2> wait.log
ok "a killed parent takes the program along" wait_for 10 gone "$program"
done_testing
