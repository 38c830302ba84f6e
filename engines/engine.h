#ifndef ENGINES_ENGINE_H
#define ENGINES_ENGINE_H

#include "base/err.h"
#include "plan/plan.h"

/* An execution engine: one row of the table in engine.c. */
struct engine {
    const char *mode; // as in plan->mode, "N1"
    const char *what; // one line for a person

    /* Become the program of 'plan'.  Returns only on failure, with 'err'
     * filled and the status to end with: EXIT_OWN_FAILURE when the container
     * could not be set up, EXIT_NOT_RUNNABLE or EXIT_NOT_FOUND when the
     * program in it could not be executed.  The process may then be in a
     * half-made world and can do nothing but report and end. */
    int (*run) (const struct plan *plan, struct err *err);

    /* Whether this engine can work on this machine, found by doing, in a child
     * process.  0, or -1 with 'err' saying what refuses and what to change. */
    int (*probe) (struct err *err);
};

/* The engine of 'mode', or NULL with 'err' naming the modes there are. */
const struct engine *engine_find (const char *mode, struct err *err);

/* All engines, in the order in which they are preferred; ends in a row whose
 * mode is NULL. */
const struct engine *engine_table (void);

#endif
