#!/bin/bash
# user: caller
# shellcheck disable=SC2016 # the container's shell expands
# Ranks in containers under srun, and under mpiexec in a batch job.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/cluster.sh"
. "${0%/*}/lib/mpi.sh"
need_root
need_userns
mpi_image_start
mpi_container demo
cluster_start 2

# --- the pairs that work ----------------------------------------------------
for nodes in 1 2; do
    ranks_ok "pmix, Open MPI, $nodes nodes" 4 srun -N$nodes -n4 --mpi=pmix \
        udocker-exec demo /opt/hello-ompi
    ranks_ok "pmi2, MPICH, $nodes nodes" 4 srun -N$nodes -n4 --mpi=pmi2 \
        udocker-exec demo /opt/hello-mpich
done
like "$out" 'on n1 .*on n2 |on n2 .*on n1 ' "  the ranks are on both"
run_expect "none, a program without MPI" 0 '=4
4' '' \
    as_user srun -n2 --mpi=none udocker-exec demo sh -c 'echo $((2 + 2))'

# --- root, with the same container ------------------------------------------
location=--location=$(as_user udocker inspect -p demo)
UDOCKER_TEST_USER='' ranks_ok "root: mpiexec of Open MPI" 2 \
    mpiexec.openmpi --allow-run-as-root -n 2 \
    udocker-exec --allow-root "$location" /opt/hello-ompi
UDOCKER_TEST_USER='' ranks_ok "root: mpiexec of Hydra" 2 mpiexec.hydra -n 2 \
    udocker-exec --allow-root "$location" /opt/hello-mpich
UDOCKER_TEST_USER='' ranks_ok "root: pmix" 2 srun -n2 --mpi=pmix \
    udocker-exec --allow-root "$location" /opt/hello-ompi
UDOCKER_TEST_USER='' ranks_ok "root: pmi2" 2 srun -n2 --mpi=pmi2 \
    udocker-exec --allow-root "$location" /opt/hello-mpich

# --- the end of a rank ------------------------------------------------------
run_expect "pmix: exit status" 7 '*' '~exit code 7' \
    as_user srun -K -n2 --mpi=pmix udocker-exec demo /opt/hello-ompi --exit=1:7
run_expect "pmi2: exit status" 7 '*' '~exit code 7' \
    as_user srun -K -n2 --mpi=pmi2 udocker-exec demo /opt/hello-mpich --exit=1:7
# with more ranks srun would tell how it ended the others
run_expect "pmix: signal" 137 '*' '~task 0: Killed' \
    as_user srun -n1 --mpi=pmix udocker-exec demo /opt/hello-ompi --kill=0:9
run_expect "pmi2: signal" 137 '*' '~task 0: Killed' \
    as_user srun -n1 --mpi=pmi2 udocker-exec demo /opt/hello-mpich --kill=0:9

# --- the pairs that cannot --------------------------------------------------
refused_ok "MPICH under PMIx" \
    "^udocker-exec: '/opt/hello-mpich' uses MPICH, .* srun --mpi=pmix offers PMIx: start it with srun --mpi=pmi2 " \
    srun -n2 --mpi=pmix udocker-exec demo /opt/hello-mpich
refused_ok "Open MPI under PMI-2" \
    "^udocker-exec: '/opt/hello' uses Open MPI, .* srun --mpi=pmi2 offers PMI-2: start it with srun --mpi=pmix " \
    srun -n2 --mpi=pmi2 udocker-exec demo /opt/hello
refused_ok "Open MPI under none" \
    "uses Open MPI, .* srun --mpi=none offers nothing: .* srun --mpi=pmix " \
    srun -n2 --mpi=none udocker-exec demo /opt/hello
refused_ok "MPICH under none" \
    "uses MPICH, .* srun --mpi=none offers nothing: .* srun --mpi=pmi2 " \
    srun -n2 --mpi=none udocker-exec demo /opt/hello-mpich
refused_ok "Open MPI as root inside, which would hang slurmstepd" \
    "the PMIx of srun --mpi=pmix serves only user" \
    srun -n1 --mpi=pmix udocker-exec --user=root demo /opt/hello

# --- batch jobs -------------------------------------------------------------
# batch DESC N COMMAND: COMMAND as the script of a job of 4 tasks on two nodes
batch ()
{
    printf '#!/bin/bash\n%s\n' "$3" > job.sh
    run as_user sbatch --wait --quiet --nodes=2 --ntasks=4 \
        --output="$HOME/job.out" job.sh
    out=$(cat "$HOME/job.out")
    if [ "$status" -eq 0 ] && ranks_say "$2"; then
        pass "$1"
    else
        fail "$1" "status $status, output:" "$out" "$err"
    fi
}

batch "mpiexec of Open MPI in a job, two nodes" 4 \
    'mpiexec.openmpi -n 4 udocker-exec demo /opt/hello-ompi'
batch "mpiexec of Hydra in a job, two nodes" 4 \
    'mpiexec.hydra -n 4 udocker-exec demo /opt/hello-mpich'
batch "srun in a job" 4 \
    'srun --mpi=pmix udocker-exec demo /opt/hello-ompi'
batch "the script itself is no rank" 1 'udocker-exec demo /opt/hello-ompi'
done_testing
