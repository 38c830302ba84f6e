# shellcheck shell=bash disable=SC2154 # variables of base.sh
# plan.sh - plans written by hand, for tests of the engines. Source tap.sh and
# image.sh first.

# plan ROOT [MEMBER...] -- CMD...: write $scratch/plan.json for mode N1 and the
# caller's ids. A MEMBER is NAME=JSON and replaces what is there.
plan ()
{
    local root=$1 member
    local -a args=() members=()
    shift
    while [ "$1" != -- ]; do
        members+=("$1")
        shift
    done
    shift
    jq -n --arg root "$root" --argjson uid "$(as_user id -u)" \
        --argjson gid "$(as_user id -g)" '{mode: "N1", root_path: $root,
        argv: $ARGS.positional, env: ["PATH=/bin"], workdir_cpath: "/",
        uid: $uid, gid: $gid, mounts: []}' --args -- "$@" \
        > "$scratch/plan.json" || exit
    for member in ${members[@]+"${members[@]}"}; do
        args=(--argjson value "${member#*=}")
        jq "${args[@]}" ".${member%%=*} = \$value" "$scratch/plan.json" \
            > "$scratch/plan.new" || exit
        mv "$scratch/plan.new" "$scratch/plan.json"
    done
}

# host_dirs: the mounts that nearly every container has.
host_dirs ()
{
    echo '[{"host_path": "/dev", "cpath": "/dev"},
        {"host_path": "/proc", "cpath": "/proc"},
        {"host_path": "/sys", "cpath": "/sys"}]'
}

run_plan=$UDOCKER_SRCDIR/tests/tools/run-plan
# shellcheck disable=SC2034 # for the tests
deny=$UDOCKER_SRCDIR/tests/tools/deny
[ -x "$run_plan" ] || run_plan=$UDOCKER_BUILDDIR/tests/tools/run-plan
