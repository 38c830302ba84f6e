#!/bin/bash
# The launchers work before any container comes in: what fails here is no fault
# of udocker.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/mpi.sh"

mpi_image_start

ranks_ok "mpiexec.openmpi" 4 mpiexec.openmpi -n 4 "$mpi_bin/hello-ompi"
ranks_ok "mpiexec.hydra" 4 mpiexec.hydra -n 4 "$mpi_bin/hello-mpich"

run_expect "mpiexec.openmpi: exit status" 7 '*' '*' \
    mpiexec.openmpi -n 2 "$mpi_bin/hello-ompi" --exit=1:7
run_expect "mpiexec.hydra: exit status" 7 '*' '*' \
    mpiexec.hydra -n 2 "$mpi_bin/hello-mpich" --exit=1:7
run_expect "mpiexec.openmpi: signal" 137 '*' '~signal 9' \
    mpiexec.openmpi -n 2 "$mpi_bin/hello-ompi" --kill=1:9
run_expect "mpiexec.hydra: signal" 9 '*' '*' \
    mpiexec.hydra -n 2 "$mpi_bin/hello-mpich" --kill=1:9
done_testing
