#!/bin/bash
# shellcheck disable=SC2016 # the container's shell expands
# The namespace engine, from plans written by hand.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/plan.sh"
need jq
need_userns
busybox_root root
rmdir root/dev root/proc root/sys
uid=$(id -u)
gid=$(id -g)

# expect DESC STATUS STDOUT STDERR [PREFIX...]: follow the plan
expect ()
{
    run_expect "$1" "$2" "$3" "$4" "${@:5}" "$run_plan" plan.json
}

# --- identity -------------------------------------------------------------
plan "$PWD/root" -- sh -c 'id -u; id -g'
expect "the own uid and gid are kept" 0 "=$uid
$gid" ''
plan "$PWD/root" uid=0 gid=0 -- sh -c 'id -u; id -g; touch /made'
expect "root inside" 0 "=0
0" ''
is "$(stat -c %u root/made)" "$uid" "  is the user outside"

# --- mounts ---------------------------------------------------------------
plan "$PWD/root" mounts="$(host_dirs)" -- \
    sh -c 'test -c /dev/null && test -d /proc/self && test -d /sys/class &&
        ls / | tr "\n" " "'
expect "/dev, /proc and /sys of the host, at mount points that were missing" \
    0 '~ dev etc home ' ''
ok "  which were made in the tree, since it can be written" test -d root/dev
echo one > one
mkdir -p vol/sub
echo two > vol/two
plan "$PWD/root" mounts='[
    {"host_path": "'"$PWD"'/vol", "cpath": "/new/deep/vol"},
    {"host_path": "'"$PWD"'/one", "cpath": "/new/deep/vol/sub/f"},
    {"host_path": "'"$PWD"'/one", "cpath": "/etc/os-release"},
    {"content": "made up\n", "cpath": "/etc/passwd"},
    {"host_path": "/does/not/exist", "cpath": "/no", "optional": true}]' -- \
    cat /new/deep/vol/two /new/deep/vol/sub/f /etc/os-release /etc/passwd
expect "directories, files, nested ones, and texts" 0 "=two
one
one
made up" ''
is "$(head -1 root/etc/os-release)" "ID=busybox" "  the tree is as it was"
ln -s ../run/systemd/stub.conf root/etc/resolv.conf
plan "$PWD/root" mounts='[{"host_path": "'"$PWD"'/one",
    "cpath": "/etc/resolv.conf"}]' -- cat /etc/resolv.conf
expect "a mount point that is a dangling link" 0 "=one" ''
ln -s /../../../../../../etc root/up
plan "$PWD/root" mounts='[{"host_path": "'"$PWD"'/one",
    "cpath": "/up/inside"}]' -- cat /etc/inside
expect "a link out of the root stays inside" 0 "=one" ''
plan "$PWD/root" mounts='[{"host_path": "'"$PWD"'/vol", "cpath": "/vol",
    "read_only": true}]' -- sh -c 'cat /vol/two; echo x > /vol/three'
expect "a read-only volume" 1 "=two" '~Read-only file system'
expect "  on kernels without mount_setattr" 1 "=two" \
    '~Read-only file system' "$deny" mount_setattr=38
expect "  and without openat2" 1 "=two" '~Read-only file system' \
    "$deny" openat2=38,mount_setattr=38

# --- a tree that cannot be written ----------------------------------------
busybox_root ro
rmdir ro/dev ro/proc ro/sys
chmod -R a-w ro
before=$(find ro | sort | sha256sum)
plan "$PWD/ro" mounts="$(host_dirs | jq '. + [
    {"host_path": "'"$PWD"'/vol", "cpath": "/usr/bin/a/b"},
    {"host_path": "'"$PWD"'/vol", "cpath": "/etc/vol"},
    {"content": "x:x:1:1::/:/bin/sh\n", "cpath": "/etc/passwd"}]')" -- \
    sh -c 'cat /usr/bin/a/b/two /etc/passwd; test -c /dev/null && id -u &&
        ls -d /etc/vol/two /etc/group; readlink /bin/sh; touch /x'
expect "missing mount points in a private layer" 1 "=two
x:x:1:1::/:/bin/sh
$uid
/etc/group
/etc/vol/two
busybox" '~Read-only file system'
is "$(find ro | sort | sha256sum)" "$before" "  the tree is untouched"
chmod -R u+w ro

# --- mounts below the tree --------------------------------------------------
mkdir -p root/data
plan "$PWD/root" mounts="$(host_dirs)" -- cat /data/two /proc/self/comm
expect "what is mounted below the tree is there" 0 "=two
cat" '' unshare -rm sh -c 'mount --bind vol root/data && exec "$0" "$@"'

# --- refused volumes ------------------------------------------------------
plan "$PWD/root" mounts='[{"host_path": "/does/not/exist", "cpath": "/x"}]' \
    -- true
expect "a volume that is not there" 125 '' \
    "=run-plan: cannot reach volume '/does/not/exist' on the host: No such file or directory"
plan "$PWD/root" mounts='[{"host_path": "/etc", "cpath": "/bin/busybox"}]' \
    -- true
expect "a directory over a file" 125 '' \
    "=run-plan: cannot mount a directory over '/bin/busybox', which is a file"
plan "$PWD/root" mounts='[{"host_path": "/etc", "cpath": "/"}]' -- true
expect "a mount over the root" 125 '' "=run-plan: plan: '/' cannot be mounted over"
plan "$PWD/none" -- true
expect "a root that is not there" 125 '' \
    "=run-plan: cannot enter the container's root '$PWD/none': No such file or directory"

# --- the program ----------------------------------------------------------
plan "$PWD/root" workdir_cpath='"/usr"' env='["PATH=/bin", "A=b c"]' -- \
    sh -c 'pwd; echo "$A"; env | sort | tr "\n" " "'
expect "working directory and environment" 0 '~^/usr
b c
A=b c PATH=/bin ' ''
plan "$PWD/root" workdir_cpath='"/nowhere"' -- true
expect "a working directory that is not there" 125 '' \
    '~cannot start in directory ./nowhere. of the container: .*--workdir'
plan "$PWD/root" -- sh -c 'exit 42'
expect "exit status" 42 '' ''
plan "$PWD/root" -- sh -c 'kill -TERM $$'
expect "death by signal" 143 '' ''
plan "$PWD/root" -- no-such
expect "no such program" 127 '' \
    "=run-plan: there is no program 'no-such' in the container's PATH"
plan "$PWD/root" -- /bin/no-such
expect "no such program, by path" 127 '' \
    "=run-plan: there is no program '/bin/no-such' in the container"
plan "$PWD/root" -- /etc/passwd
expect "no executable" 126 '' \
    "=run-plan: cannot run '/etc/passwd' in the container: Permission denied"
printf '#!/usr/bin/python9\n' > root/bin/script
printf 'garbage' > root/bin/garbage
chmod +x root/bin/script root/bin/garbage
plan "$PWD/root" -- script
expect "a missing interpreter" 126 '' \
    "~cannot run '/bin/script' in the container: No such .*interpreter"
plan "$PWD/root" -- garbage
expect "no program at all" 126 '' "~cannot run '/bin/garbage'.*Exec format"
plan "$PWD/root" mounts="$(host_dirs)" -- sh -c 'echo $PPID; kill -0 $PPID'
run "$run_plan" plan.json
is "$status $out" "0 $$" "no process stands between the caller and the program"
plan "$PWD/root" -- cat
run_expect "standard input" 0 '=through' '' \
    sh -c "echo through | '$run_plan' plan.json"

# --- descriptors and CPUs -------------------------------------------------
plan "$PWD/root" keep_fds='[7]' -- sh -c 'echo through >&7'
run_expect "a descriptor is passed" 0 '=through' '' \
    sh -c "'$run_plan' plan.json 7>&1"
expect "a closed one is told" 125 '' '~descriptor 7, .*Bad file descriptor'
cpu=$(taskset -pc $$ | sed 's/.*: //; s/[-,].*//')
plan "$PWD/root" mounts="$(host_dirs)" cpuset="\"$cpu\"" -- \
    grep Cpus_allowed_list /proc/self/status
expect "one CPU" 0 "~	$cpu\$" ''
plan "$PWD/root" cpuset='"1023"' -- true
expect "a CPU that is not there" 125 '' \
    "~this process may use none of the CPUs '1023'"

# --- the host is out of reach ---------------------------------------------
inode=$(stat -c %i root)
plan "$PWD/root" mounts="$(host_dirs)" -- \
    sh -c 'cd ../..; stat -c %i . / /.. /proc/self/root/; ls "$0"' "$PWD/one"
expect "no path leads to the host's root" 1 "=$inode
$inode
$inode
$inode" '~No such file'
plan "$PWD/root" mounts="$(host_dirs)" -- unshare -r id -u
expect "namespaces nest" 0 '=0' ''

# --- what nodes refuse ----------------------------------------------------
plan "$PWD/root" -- id -u
expect "namespaces refused by the kernel" 125 '' \
    '~cannot create a user namespace: Invalid argument .*CONFIG_USER_NS' \
    "$deny" unshare=22
expect "  by a filter" 125 '' \
    '~cannot create a user namespace: Operation not permitted .*seccomp' \
    "$deny" unshare=1
expect "  by the sysctl" 125 '' '~sysctl user.max_user_namespaces=0; ask' \
    unshare -r sh -c 'echo 0 > /proc/sys/user/max_user_namespaces &&
        exec "$0" "$@"'
run_expect "the probe tells it too" 125 '' '~user.max_user_namespaces=0' \
    unshare -r sh -c "echo 0 > /proc/sys/user/max_user_namespaces &&
        exec '$run_plan' --probe N1"
run_expect "and passes here" 0 '' '' "$run_plan" --probe N1
expect "mounts refused" 125 '' '~cannot mount in the user namespace: Permis' \
    "$deny" mount=13
expect "pivot_root is not needed (initramfs roots refuse it)" 0 "=$uid" '' \
    "$deny" pivot_root=22
expect "no openat2, no mount_setattr, no statx" 0 "=$uid" '' \
    "$deny" openat2=38,mount_setattr=38,statx=38
run_expect "an unknown mode" 125 '' \
    "=run-plan: execution mode 'X9' is not in this version; there is N1" \
    "$run_plan" --probe X9
done_testing
