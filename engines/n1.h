#ifndef ENGINES_N1_H
#define ENGINES_N1_H

#include "base/err.h"
#include "plan/plan.h"

/* Mode N1: built-in namespaces made for MPI.  See struct engine for both. */
int n1_run (const struct plan *plan, struct err *err);
int n1_probe (struct err *err);

#endif
