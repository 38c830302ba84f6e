#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/err.h"
#include "store/repo.h"

/* Take the exclusive lock that serialises short changes of what images there
 * are and which blobs they refer to; waits for it.  Whoever publishes a tag
 * holds it from looking whether the blobs are there until the tag is; whoever
 * removes blobs from looking who refers to them until they are gone.
 *
 * Returns a descriptor; closing it (scoped_fd) gives the lock back.  Where the
 * filesystem has no locks the descriptor is one all the same, and two changes
 * at the same moment are not kept apart.  -1 with 'err'. */
int lock_images (const struct repo *repo, struct err *err);

/* The same for what containers there are and how they are named. */
int lock_containers (const struct repo *repo, struct err *err);

#endif
