#ifndef STORE_TREE_H
#define STORE_TREE_H

#include "base/err.h"

/* Remove 'name' below 'dirfd' with all that is in it, of any depth; symbolic
 * links are removed, not followed.  Directories that deny their owner entry
 * are opened up first.  0 also when it is not there; -1 with 'err' when
 * something stays. */
int tree_remove (int dirfd, const char *name, struct err *err);

/* Whether tree_remove could do it without changing a mode: 0, or -1 with 'err'
 * naming the first directory that is in the way.  Changes nothing. */
int tree_check (int dirfd, const char *name, struct err *err);

#endif
