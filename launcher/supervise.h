#ifndef LAUNCHER_SUPERVISE_H
#define LAUNCHER_SUPERVISE_H

#include "base/err.h"

/* What the child process does; its result is the child's exit status, in case
 * it did not become another program. */
typedef int (*supervise_f) (void *arg);

/* Run 'child' in a process of its own, hand it every signal that can be handed
 * on, stop and go on with it, and wait for its end.  0 with the child's wait
 * status, or -1 with 'err'. */
int supervise_run (supervise_f child, void *arg, int *wait_status,
                   struct err *err);

/* End as the child did: with the same exit status, or killed by the same
 * signal, without a second core dump. */
void supervise_end_like (int wait_status) __attribute__ ((noreturn));

#endif
