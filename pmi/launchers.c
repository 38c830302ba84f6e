/* launchers.c - what each launcher gives its ranks
 *
 * Recorded environments are in tests/fixtures/env.  Variables leak from one
 * launcher into the next (mpiexec in a batch job, srun in a rank, Hydra's proxy
 * in a step of srun), so a row asks for what only its own ranks have, mpiexec
 * comes before srun, and a step is known by its own number.
 */
#include "pmi/launchers.h"

// What tunes the communication libraries: a user's setting must arrive.
#define TUNING "UCX_*", "FI_*", "SLURM_*", "SLURMD_NODENAME"
#define OPENMPI_ENV "OMPI_*", "OPAL_*", "PMIX_*", "PRTE_*"
#define MPICH_ENV "PMI_*", "MPIR_*", "MPICH_*", "I_MPI_*", "MV2_*"
/* Ranks look up the names of nodes, which often only this file has: without it
 * MPI_Init waits for a name server, 5 seconds each time. */
#define HOSTS "/etc/hosts"
// Set beside its own so that other libraries leave Fortran's output alone.
#define HYDRA_ENV "MPI_LOCAL*", "HYDI_*", "GFORTRAN_UNBUFFERED_PRECONNECTED"

static const struct pmi_launcher table[] = {
    {
        .name = "mpiexec (Hydra)",
        .wire = PMI_WIRE_PMI1,
        .marks = {"PMI_FD", "MPI_LOCALRANKID"},
        .rank = "PMI_RANK",
        .size = "PMI_SIZE",
        .local_rank = "MPI_LOCALRANKID",
        .local_size = "MPI_LOCALNRANKS",
        .fds = {"PMI_FD", "HYDI_CONTROL_FD"},
        .paths = {HOSTS},
        .env = {HYDRA_ENV, MPICH_ENV, TUNING},
    },
    {
        .name = "mpiexec (Open MPI)",
        .wire = PMI_WIRE_PMIX,
        .marks = {"OMPI_COMM_WORLD_RANK", "PMIX_NAMESPACE"},
        .rank = "OMPI_COMM_WORLD_RANK",
        .size = "OMPI_COMM_WORLD_SIZE",
        .local_rank = "OMPI_COMM_WORLD_LOCAL_RANK",
        .local_size = "OMPI_COMM_WORLD_LOCAL_SIZE",
        .paths = {"OMPI_MCA_orte_top_session_dir", "PMIX_SERVER_TMPDIR", HOSTS},
        .env = {OPENMPI_ENV, "HFI_NO_BACKTRACE", "IPATH_NO_BACKTRACE", TUNING},
    },
    {
        // over TCP, and only there is the size known
        .name = "mpiexec -pmi-port (Hydra)",
        .wire = PMI_WIRE_PMI1,
        .marks = {"PMI_PORT", "MPI_LOCALRANKID"},
        .rank = "PMI_ID",
        .local_rank = "MPI_LOCALRANKID",
        .local_size = "MPI_LOCALNRANKS",
        .fds = {NULL, "HYDI_CONTROL_FD"},
        .paths = {HOSTS},
        .env = {HYDRA_ENV, MPICH_ENV, TUNING},
    },
    {
        .name = "srun --mpi=pmix",
        .wire = PMI_WIRE_PMIX,
        .is_step = true,
        .marks = {"PMIX_NAMESPACE", "PMIX_RANK"},
        .step_name = "PMIX_NAMESPACE",
        .step_prefix = "slurm.pmix.",
        .rank = "SLURM_PROCID",
        .size = "SLURM_STEP_NUM_TASKS",
        .local_rank = "SLURM_LOCALID",
        .paths = {"PMIX_SERVER_TMPDIR", HOSTS},
        .env = {OPENMPI_ENV, TUNING},
    },
    {
        .name = "srun --mpi=pmi2",
        .wire = PMI_WIRE_PMI2,
        .is_step = true,
        .marks = {"PMI_FD", "PMI_RANK"},
        .step_name = "PMI_JOBID",
        .step_prefix = "",
        .rank = "SLURM_PROCID",
        .size = "SLURM_STEP_NUM_TASKS",
        .local_rank = "SLURM_LOCALID",
        .fds = {"PMI_FD"},
        .paths = {HOSTS},
        .env = {MPICH_ENV, TUNING},
    },
    {
        // its wire is in files that only Cray's own PMI library reads
        .name = "srun --mpi=cray_shasta",
        .wire = PMI_WIRE_NONE,
        .is_step = true,
        .marks = {"PALS_RANKID", "PALS_SPOOL_DIR"},
        .step_name = "PALS_APID",
        .step_prefix = "",
        .rank = "SLURM_PROCID",
        .size = "SLURM_STEP_NUM_TASKS",
        .local_rank = "SLURM_LOCALID",
        .paths = {"PALS_SPOOL_DIR", HOSTS},
        .env = {"PALS_*", MPICH_ENV, TUNING},
    },
    {
        .name = "srun --mpi=none",
        .wire = PMI_WIRE_NONE,
        .is_step = true,
        .rank = "SLURM_PROCID",
        .size = "SLURM_STEP_NUM_TASKS",
        .local_rank = "SLURM_LOCALID",
        .env = {TUNING},
    },
    {0},
};

enum {
    WITH_PMIX = 1 << PMI_WIRE_PMIX,
    WITH_PMI = 1 << PMI_WIRE_PMI1 | 1 << PMI_WIRE_PMI2,
};

/* What fails when the ranks of a node are not in one user namespace, so that
 * none may read another's memory or open its descriptors. */
static const struct pmi_setting settings[] = {
    // Open MPI 4 loops for ever at the first message above 2 MiB
    {"OMPI_MCA_btl_vader_single_copy_mechanism", "none", WITH_PMIX, NULL},
    // UCX 1.13 ends the program, in MPI_Init or at the first large message
    {"UCX_POSIX_USE_PROC_LINK", "n", WITH_PMIX | WITH_PMI, NULL},
    {"UCX_TLS", "^cma", WITH_PMIX | WITH_PMI, NULL},
    // without CMA it sends large messages by TCP even on one node, after which
    // a third of the jobs of MPICH 4.0 hang in MPI_Finalize, on the host too;
    // where there is no TCP it would complain
    {"UCX_TCP_PUT_ENABLE", "n", WITH_PMI, "UCX_TLS"},
    {0},
};

const struct pmi_launcher *pmi_launcher_table (void)
{
    return table;
}

const struct pmi_setting *pmi_settings (void)
{
    return settings;
}
