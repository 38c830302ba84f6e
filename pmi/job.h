#ifndef PMI_JOB_H
#define PMI_JOB_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strlist.h"
#include "plan/plan.h"

/* The way in which a process finds its peers. */
enum pmi_wire {
    PMI_WIRE_NONE, // not started by a launcher that offers one
    PMI_WIRE_PMI1, // PMI-1 on a descriptor (MPICH Hydra)
    PMI_WIRE_PMI2, // PMI-2 (and 1) on a descriptor (srun --mpi=pmi2)
    PMI_WIRE_PMIX, // PMIx: sockets and files
};

/* What the launcher that started this process gave it. */
struct pmi_job {
    const char *launcher;     // "mpiexec (Open MPI)", …; NULL when none
    enum pmi_wire wire;       // how ranks find each other
    int rank;                 // this process, -1 when not known
    int size;                 // processes in the job, -1 when not known
    int local_rank;           // on this node, -1 when not known
    int local_size;           // on this node, -1 when not known
    struct strlist env_names; // variables that must reach the program; a name
                              // that ends in '*' stands for all that begin so
    struct strlist dirs;      // what of the host to bind at the same path
    struct strlist set_env;   // NAME=VALUE to set where the user has not
    int fds[8];               // descriptors that must stay open
    int n_fds;                // how many of them
};

/* Recognise the launcher from 'environ' (NAME=VALUE, borrowed).  Only the
 * environment decides; the descriptors that it names are looked at, and under
 * srun where SLURM keeps Open MPI's session directory, which no variable
 * tells.  Fills 'job' (free with pmi_job_clear).
 * 0; or -1 with 'err' when the launcher's environment is broken in a way that
 * would make singletons (a descriptor that is closed, say). */
int pmi_job_detect (const struct strlist *environ, struct pmi_job *job,
                    struct err *err);
void pmi_job_clear (struct pmi_job *job);

/* Whether the variable 'name' is among job->env_names. */
bool pmi_job_wants_env (const struct pmi_job *job, const char *name);

/* Whether the program of 'plan' can find its peers under 'job': looks at the
 * MPI library that it was linked with, in the container or on a volume.  Costs
 * nothing outside a launcher.  0, also when the program cannot be judged (a
 * script, not found); or -1 with 'err' in one line with the remedy, where the
 * program would run as N singletons or fail in MPI_Init. */
int pmi_job_check (const struct pmi_job *job, const struct plan *plan,
                   struct err *err);

#endif
