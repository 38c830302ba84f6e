#!/bin/bash
# user: caller
# The launchers and the cluster work before any container comes in: what fails
# here is no fault of udocker.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/cluster.sh"
. "${0%/*}/lib/mpi.sh"

mpi_image_start

ranks_ok "mpiexec.openmpi" 4 mpiexec.openmpi -n 4 "$mpi_bin/hello-ompi"
ranks_ok "mpiexec.hydra" 4 mpiexec.hydra -n 4 "$mpi_bin/hello-mpich"

run_expect "mpiexec.openmpi: exit status" 7 '*' '*' \
    as_user mpiexec.openmpi -n 2 "$mpi_bin/hello-ompi" --exit=1:7
run_expect "mpiexec.hydra: exit status" 7 '*' '*' \
    as_user mpiexec.hydra -n 2 "$mpi_bin/hello-mpich" --exit=1:7
run_expect "mpiexec.openmpi: signal" 137 '*' '~signal 9' \
    as_user mpiexec.openmpi -n 2 "$mpi_bin/hello-ompi" --kill=1:9
run_expect "mpiexec.hydra: signal" 9 '*' '*' \
    as_user mpiexec.hydra -n 2 "$mpi_bin/hello-mpich" --kill=1:9

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
