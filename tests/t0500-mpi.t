#!/bin/bash
# shellcheck disable=SC2016 # the container's shell expands
# Ranks in containers under mpiexec, one container a rank.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/mpi.sh"
need_userns
need mpiexec.openmpi mpiexec.hydra
mpi_image_start
mpi_container demo

# --- the pairs that work ----------------------------------------------------
ranks_ok "Open MPI" 4 mpiexec.openmpi -n 4 udocker-exec demo /opt/hello-ompi
ranks_ok "MPICH" 4 mpiexec.hydra -n 4 udocker-exec demo /opt/hello-mpich
ranks_ok "MPICH over TCP" 4 \
    mpiexec.hydra -pmi-port -n 4 udocker-exec demo /opt/hello-mpich
ranks_ok "MPICH as root inside" 4 \
    mpiexec.hydra -n 4 udocker-exec --user=root demo /opt/hello-mpich
ranks_ok "Open MPI through UCX" 4 mpiexec.openmpi --mca pml ucx \
    --mca pml_ucx_tls any --mca pml_ucx_devices any \
    -n 4 udocker-exec demo /opt/hello-ompi
ranks_ok "a program in PATH" 4 \
    mpiexec.openmpi -n 4 udocker-exec -e PATH=/usr/bin:/opt demo hello-ompi
ranks_ok "a program on a volume" 4 mpiexec.hydra -n 4 \
    udocker-exec "--volume=$mpi_bin:/host" demo /host/hello-mpich
chmod -R a-w "$(udocker inspect -p demo)"
ranks_ok "Open MPI in a tree that cannot be written" 4 \
    mpiexec.openmpi -n 4 udocker-exec demo /opt/hello-ompi
ranks_ok "MPICH in one" 4 \
    mpiexec.hydra -n 4 udocker-exec demo /opt/hello-mpich
chmod -R u+w "$(udocker inspect -p demo)"
ranks_ok "one rank, without peers to find" 1 \
    mpiexec.openmpi -n 1 udocker-exec demo /opt/hello-mpich

# --- the end of a rank ------------------------------------------------------
run_expect "Open MPI: exit status" 7 '*' '*' \
    mpiexec.openmpi -n 2 udocker-exec demo /opt/hello-ompi --exit=1:7
run_expect "MPICH: exit status" 7 '*' '*' \
    mpiexec.hydra -n 2 udocker-exec demo /opt/hello-mpich --exit=1:7
run_expect "Open MPI: signal" 137 '*' '~signal 9' \
    mpiexec.openmpi -n 2 udocker-exec demo /opt/hello-ompi --kill=1:9
run_expect "MPICH: signal" 9 '*' '*' \
    mpiexec.hydra -n 2 udocker-exec demo /opt/hello-mpich --kill=1:9

# --- the pairs that cannot --------------------------------------------------
refused_ok "MPICH under mpiexec of Open MPI" \
    "^udocker-exec: '/opt/hello-mpich' uses MPICH, .* mpiexec \(Open MPI\) offers PMIx: start it with .*mpiexec.hydra$" \
    mpiexec.openmpi -n 2 udocker-exec demo /opt/hello-mpich
refused_ok "  on a volume too" "uses MPICH, .* offers PMIx" \
    mpiexec.openmpi -n 2 \
    udocker-exec "--volume=$mpi_bin:/host" demo /host/hello-mpich
refused_ok "Open MPI under Hydra" \
    "^udocker-exec: '/opt/hello' uses Open MPI, .* mpiexec \(Hydra\) offers PMI-1: start it with .*Open MPI's mpiexec$" \
    mpiexec.hydra -n 2 udocker-exec demo /opt/hello
refused_ok "Open MPI as root inside" \
    "uses Open MPI, and the PMIx of mpiexec \(Open MPI\) serves only user" \
    mpiexec.openmpi -n 2 udocker-exec --user=root demo /opt/hello
refused_ok "a wire that was closed" \
    'mpiexec \(Hydra\): descriptor [0-9]+, named by variable PMI_FD: Bad file' \
    mpiexec.hydra -n 2 bash -c \
    'eval "exec $PMI_FD>&-"; exec udocker-exec demo /opt/hello-mpich'

# --- names of nodes ---------------------------------------------------------
run_expect "the names of nodes are those of the host" 0 \
    "=$(cat /etc/hosts)" '' mpiexec.hydra -n 1 udocker-exec demo cat /etc/hosts
run_expect "  unless the user wants others" 0 '=1.2.3.4 other' '' \
    mpiexec.hydra -n 1 sh -c 'echo 1.2.3.4 other > "$HOME/hosts"
        udocker-exec --volume="$HOME/hosts:/etc/hosts" demo cat /etc/hosts'

# --- variables --------------------------------------------------------------
run_expect "settings for large messages" 0 '=none ^cma' '' \
    mpiexec.openmpi -n 1 udocker-exec demo sh -c \
    'echo $OMPI_MCA_btl_vader_single_copy_mechanism $UCX_TLS'
run_expect "  those of the user in the job's environment win" 0 '=tcp,self' '' \
    env UCX_TLS=tcp,self mpiexec.hydra -n 1 \
    udocker-exec demo sh -c 'echo $UCX_TLS'
run_expect "  and so do those of --env" 0 '=all' '' \
    env UCX_TLS=tcp,self mpiexec.hydra -n 1 \
    udocker-exec --env=UCX_TLS=all demo sh -c 'echo $UCX_TLS'
run_expect "  they are not there without a launcher" 0 '=' '' \
    udocker-exec demo sh -c 'echo $UCX_TLS'
run_expect "rank and size are known inside" 0 '=0 1' '' \
    mpiexec.hydra -n 1 udocker-exec demo sh -c 'echo $PMI_RANK $PMI_SIZE'
run_expect "other variables of the host stay out" 0 '=' '' \
    env SECRET=1 mpiexec.openmpi -x SECRET -n 1 udocker-exec demo \
    sh -c 'echo $SECRET'
done_testing
