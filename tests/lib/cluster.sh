# shellcheck shell=bash disable=SC2154 # variables of base.sh
# cluster.sh - a private SLURM cluster on this machine: munge, one slurmctld and
# a slurmd for each node n1, n2, ..., all of them children of the test, with
# their own key, ports, configuration and state below $scratch. Needs root and
# "# user: caller"; jobs run by as_user. Source tap.sh first.
#
# A node is a mount and UTS namespace: gethostname() is the node's name and
# /etc/hosts knows it. /tmp, /dev/shm and the network are the machine's.

# cluster_start [NODES]: start it, by default with 2 nodes of 4 CPUs, and export
# SLURM_CONF for srun and its like. Stopped at exit.
cluster_start ()
{
    local nodes=${1:-2} try
    need_root
    need munged slurmctld slurmd srun unshare
    cluster=$scratch/cluster
    cluster_pids=()
    export SLURM_CONF=$cluster/slurm.conf
    at_exit cluster_stop
    # another program may take a port between the look and the bind
    for try in 1 2 3; do
        cluster_configure "$nodes"
        cluster_daemons "$nodes"
        wait_for 30 cluster_ready "$nodes" && return
        diag "cluster, attempt $try:" "$(tail -n 4 "$cluster"/*.log)"
        cluster_stop
    done
    exit 1
}

# n consecutive TCP ports that nobody listens on, below the ephemeral ones.
cluster_free_ports ()
{
    local n=$1 first port used
    used=$(awk '{ print substr($2, index($2, ":") + 1) }' /proc/net/tcp)
    while :; do
        first=$((20000 + RANDOM % 10000))
        for ((port = first; port < first + n; port++)); do
            grep -qx "$(printf %04X "$port")" <<< "$used" && continue 2
        done
        echo "$first"
        return
    done
}

cluster_configure ()
{
    local nodes=$1 i port host
    host=$(hostname -s)
    port=$(cluster_free_ports $((nodes + 1)))
    mkdir -p "$cluster/state"
    (umask 077; head -c 1024 /dev/urandom > "$cluster/munge.key")
    # mpi/pmix makes TmpFS/spmix_appdir_UID_JOB.STEP on every node, and wants it
    # to be new: hence one TmpFS per node.
    {
        cat << CONF
ClusterName=udocker-test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$cluster/munge.sock
CredType=cred/munge
StateSaveLocation=$cluster/state
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/%n.pid
SlurmdSpoolDir=$cluster/spool.%n
TmpFS=$cluster/tmp.%n
PlugStackConfig=$cluster/plugstack.conf
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
PropagateResourceLimits=NONE
MpiDefault=none
ReturnToService=2
KillWait=2
CONF
        for ((i = 1; i <= nodes; i++)); do
            echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1" \
                "Port=$((port + i)) CPUs=4 RealMemory=1000"
            mkdir -p "$cluster/spool.n$i" "$cluster/tmp.n$i"
            chmod 1777 "$cluster/tmp.n$i"
        done
        echo "PartitionName=test Nodes=ALL Default=YES OverSubscribe=YES:8"
    } > "$SLURM_CONF"
    : > "$cluster/plugstack.conf"
    {
        cat /etc/hosts
        for ((i = 1; i <= nodes; i++)); do
            echo "127.0.0.1 n$i"
        done
    } > "$cluster/hosts"
}

# cluster_daemon NAME CMD...: start CMD as a child whose pid is known, but out of
# reach of signals to the test's group: a step ends well only while they live.
# They do not outlive the test, even when it is killed.
cluster_daemon ()
{
    local name=$1
    shift
    setpriv --pdeathsig KILL setsid "$@" \
        < /dev/null > "$cluster/$name.log" 2>&1 &
    cluster_pids+=($!)
}

cluster_daemons ()
{
    local nodes=$1 i
    cluster_daemon munged munged --foreground --force \
        --key-file="$cluster/munge.key" --socket="$cluster/munge.sock" \
        --pid-file="$cluster/munged.pid" --seed-file="$cluster/munged.seed" \
        --log-file=/dev/stderr
    wait_for 10 munge -n -S "$cluster/munge.sock"
    cluster_daemon slurmctld slurmctld -D -i
    for ((i = 1; i <= nodes; i++)); do
        # shellcheck disable=SC2016  # expanded by the inner shell
        cluster_daemon "n$i" unshare --uts --mount --propagation slave sh -ec '
            hostname "$1"
            mount --bind "$2/hosts" /etc/hosts
            exec slurmd -D -c -N "$1"' node "n$i" "$cluster"
    done
}

cluster_ready ()
{
    [ "$(sinfo -h -N -t idle -o %N | sort -u | wc -l)" -eq "$1" ]
}

cluster_idle ()
{
    [ -z "$(squeue -h)" ]
}

# The pids of our slurmstepds: no children of ours, but SLURM_CONF is in their
# environment.
cluster_steps ()
{
    local pid
    for pid in $(pgrep -x slurmstepd); do
        tr '\0' '\n' < "/proc/$pid/environ" \
            | grep -qxF "SLURM_CONF=$SLURM_CONF" && echo "$pid"
    done
}

# Cancel what runs, kill the steps that do not end with all their processes, then
# end the daemons, the last one first.
cluster_stop ()
{
    local i pid
    if [ ${#cluster_pids[@]} -gt 1 ] && timeout 5 scontrol ping; then
        timeout 10 scancel -Q -u root
        [ -z "$UDOCKER_TEST_USER" ] \
            || timeout 10 scancel -Q -u "$UDOCKER_TEST_USER"
        wait_for 10 cluster_idle
    fi > "$scratch/.stop" 2>&1
    for pid in $(cluster_steps); do
        # a step is a session of its own
        pgrep -s "$(ps -o sid= -p "$pid")" | xargs -r kill -9
    done 2> "$scratch/.stop"
    for ((i = ${#cluster_pids[@]} - 1; i >= 0; i--)); do
        stop_pid "${cluster_pids[i]}"
    done
    cluster_pids=()
    rm -rf "$cluster"
}
