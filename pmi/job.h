#ifndef PMI_JOB_H
#define PMI_JOB_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strlist.h"

/* The way in which a process finds its peers. */
enum pmi_wire {
    PMI_WIRE_NONE, // not started by a launcher that offers one
    PMI_WIRE_PMI1, // PMI-1 on a descriptor (MPICH Hydra)
    PMI_WIRE_PMI2, // PMI-2 (and 1) on a descriptor (srun --mpi=pmi2)
    PMI_WIRE_PMIX, // PMIx: sockets and files
};

/* The MPI library that a program was linked with. */
enum pmi_mpi {
    PMI_MPI_UNKNOWN, // none found: not an MPI program, or a script
    PMI_MPI_OPENMPI,
    PMI_MPI_MPICH, // and its ABI: Intel MPI, MVAPICH, Cray
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
    struct strlist dirs;      // host directories to bind at the same path
    struct strlist set_env;   // NAME=VALUE to set where the user has not
    int fds[8];               // descriptors that must stay open
    int n_fds;                // how many of them
};

/* Recognise the launcher from 'environ' (NAME=VALUE, borrowed).  Reads no
 * files; only the environment decides.  Fills 'job' (free with pmi_job_clear).
 * 0; or -1 with 'err' when the launcher's environment is broken in a way that
 * would make singletons (a descriptor that is closed, say). */
int pmi_job_detect (const struct strlist *environ, struct pmi_job *job,
                    struct err *err);
void pmi_job_clear (struct pmi_job *job);

/* Whether the variable 'name' is among job->env_names. */
bool pmi_job_wants_env (const struct pmi_job *job, const char *name);

/* The MPI that 'program' was linked with, from its ELF file below
 * 'root_dirfd'; 'program' is looked for in 'path' (a PATH value) unless it has
 * a slash, from the directory 'workdir_cpath'. */
enum pmi_mpi pmi_program_mpi (int root_dirfd, const char *program,
                              const char *path, const char *workdir_cpath);

/* Whether a program of 'mpi' can find its peers under 'job'.  0, or -1 with
 * 'err' in one line with the remedy: the alternative is N singletons. */
int pmi_job_check (const struct pmi_job *job, enum pmi_mpi mpi,
                   struct err *err);

#endif
