#ifndef PMI_PROGRAM_H
#define PMI_PROGRAM_H

#include <stdbool.h>

#include "plan/plan.h"

/* The MPI library that a program was linked with. */
enum pmi_mpi {
    PMI_MPI_UNKNOWN, // none found: not an MPI program, or a script
    PMI_MPI_OPENMPI,
    PMI_MPI_MPICH, // and its ABI: Intel MPI, MVAPICH, Cray
};

/* The MPI of the program of 'plan': argv[0], looked for in the PATH of its
 * environment, and the libraries that it needs, two levels deep.  Volumes
 * count.  Not seen: what a script starts, what a program loads by itself
 * (mpi4py), a static MPI, libraries that only ld.so.cache knows of, a link of
 * the container into a volume. */
enum pmi_mpi pmi_program_mpi (const struct plan *plan);

/* Whether the program needs a library whose name matches 'pattern', itself or
 * through libraries two levels deep. */
bool pmi_program_needs (const struct plan *plan, const char *pattern);

/* Whether there is a library 'name' where the program's would be found. */
bool pmi_program_has (const struct plan *plan, const char *name);

#endif
