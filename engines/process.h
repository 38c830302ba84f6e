#ifndef ENGINES_PROCESS_H
#define ENGINES_PROCESS_H

#include "base/err.h"
#include "plan/plan.h"

/* The descriptors that the plan relies on are open.  0, or -1 with 'err'. */
int process_check_fds (const struct plan *plan, struct err *err);

/* Confine this process to the plan's CPUs.  0, or -1 with 'err' when there are
 * none among them that it may use. */
int process_set_cpus (const struct plan *plan, struct err *err);

/* In the container's root already: go to the working directory and become the
 * plan's program, which is looked for in the PATH of the plan's environment.
 * Set-user-id programs gain nothing (no_new_privs).  Returns only on failure,
 * with 'err' and the status to end with. */
int process_exec (const struct plan *plan, struct err *err);

#endif
