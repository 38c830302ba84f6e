#ifndef PLAN_PLAN_CHECK_H
#define PLAN_PLAN_CHECK_H

#include "base/err.h"
#include "plan/plan.h"

/* Refuse a plan that contradicts itself or that no engine could follow: no
 * program, paths that are not absolute, a mount of nothing, a mount over '/',
 * malformed environment or CPU list.  It looks at the plan only, not at the
 * host.  0, or -1 with 'err'. */
int plan_check (const struct plan *plan, struct err *err);

/* The CPUs of a list such as "0,2-3" as a mask.  0, or -1 when it is not such
 * a list or names a CPU beyond CPU_SETSIZE (1024). */
struct plan_cpus {
    unsigned long bits[1024 / (8 * sizeof (long))]; // as in cpu_set_t
};
int plan_parse_cpuset (const char *text, struct plan_cpus *cpus);

#endif
