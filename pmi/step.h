#ifndef PMI_STEP_H
#define PMI_STEP_H

#include <stdbool.h>

#include "base/strlist.h"

/* Whether 'environ' is that of a task of a SLURM step that srun started: not
 * a batch script, and not the shell of salloc, which may be a step too. */
bool step_is_task (const struct strlist *environ);

/* Whether 'name' ("7.0", what a PMI library calls its job) is the step that
 * 'environ' tells.  What has another form counts as this step. */
bool step_is_named (const struct strlist *environ, const char *name);

/* The tasks on node number 'node' in a list such as "3,1" or "2(x2),1", as in
 * SLURM_STEP_TASKS_PER_NODE; -1 when the list is malformed or shorter. */
int step_tasks_on_node (const char *list, long node);

/* The directory that SLURM's PMIx plugin made for the step's Open MPI session:
 * <TmpFS>/spmix_appdir_UID_JOB.STEP.  No variable names it, so the places where
 * it can be are looked at, slurm.conf's TmpFS last (files that it includes are
 * not read).  The caller frees it; NULL when there is none. */
char *step_appdir (const struct strlist *environ);

#endif
