# shellcheck shell=bash disable=SC2154 # variables of base.sh and tap.sh
# mpi.sh - run tests/mpi/hello.c and look at what its ranks say. Source tap.sh
# first. Sets the environment that lets more ranks than cores start.

# Open MPI counts slots. Its own messages about a user without a shared home
# or a second network do not matter here.
export OMPI_MCA_rmaps_base_oversubscribe=1
export PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe

# ranks_say N: $out has each rank of N once and the messages were right. A
# rank that started alone says "of 1", so the exit status is not enough.
ranks_say ()
{
    local n=$1 r
    [ "$(grep -c '^rank ' <<< "$out")" -eq "$n" ] || return
    for ((r = 0; r < n; r++)); do
        [ "$(grep -c "^rank $r of $n on " <<< "$out")" -eq 1 ] || return
    done
    grep -qx 'messages ok' <<< "$out"
}

# ranks_ok DESC N CMD...: one test: CMD, as the test user, runs hello with N
# ranks. Leaves $out, $err and $status; the status is 124 where it hangs.
ranks_ok ()
{
    local desc=$1 n=$2
    shift 2
    run as_user timeout -k 10 120 "$@"
    if [ "$status" -eq 0 ] && ranks_say "$n"; then
        pass "$desc: $n ranks"
    else
        fail "$desc: $n ranks" "command: $*" "status $status, stdout:" "$out" \
            "stderr:" "$err"
    fi
}

# mpi_container NAME: pull $mpi_image and make the container NAME of it, as the
# test user, in the repository below $HOME.
mpi_container ()
{
    as_user udocker pull "$mpi_image" > "$scratch/pull.out" 2>&1 \
        && as_user udocker create --name="$1" "$mpi_image" \
            > "$scratch/create.out" 2>&1 && return
    diag "cannot make container '$1':" "$(cat "$scratch"/{pull,create}.out)"
    exit 1
}

# refused_ok DESC REGEX CMD...: one test: CMD, as the test user, ends with
# status 125, no rank starts, and all that udocker-exec says are lines that
# match REGEX.
refused_ok ()
{
    local desc=$1 want=$2 own
    shift 2
    run as_user "$@"
    own=$(grep '^udocker-exec: ' <<< "$err")
    if [ "$status" -eq 125 ] && [ -z "$out" ] && [ -n "$own" ] \
        && ! grep -Evq "$want" <<< "$own"; then
        pass "$desc"
    else
        fail "$desc" "command: $*" "status $status, stdout:" "$out" \
            "stderr, wanted /$want/:" "$err"
    fi
}
