#!/bin/bash
# user: caller
# The SLURM cluster works before any container comes in, and goes away.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/cluster.sh"
. "${0%/*}/lib/mpi.sh"

need_root
mpi_image_start
cluster_start 2
ranks_ok "srun --mpi=pmix" 4 srun -N1 -n4 --mpi=pmix "$mpi_bin/hello-ompi"
ranks_ok "srun --mpi=pmix, two nodes" 4 \
    srun -N2 -n4 --mpi=pmix "$mpi_bin/hello-ompi"
like "$out" 'on n1 .*on n2 |on n2 .*on n1 ' "  the ranks are on both"
ranks_ok "srun --mpi=pmi2" 4 srun -N1 -n4 --mpi=pmi2 "$mpi_bin/hello-mpich"
ranks_ok "srun --mpi=pmi2, two nodes" 4 \
    srun -N2 -n4 --mpi=pmi2 "$mpi_bin/hello-mpich"
run_expect "srun: who runs it" 0 "=$(as_user id -u)" '' \
    as_user srun -n1 id -u

pids=("${cluster_pids[@]}")
cluster_stop
for pid in "${pids[@]}"; do
    ok "a daemon of the cluster is gone" gone "$pid"
done
done_testing
