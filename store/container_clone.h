#ifndef STORE_CONTAINER_CLONE_H
#define STORE_CONTAINER_CLONE_H

#include "base/err.h"
#include "store/container.h"
#include "store/repo.h"

/* Make a copy of container 'container' (a name or an id), with its metadata
 * and without its names, and name it 'name' when that is not NULL.  Returns
 * the id of the copy, which the caller frees, or NULL with 'err' and nothing
 * left behind. */
char *container_clone (const struct repo *repo, const char *container,
                       const char *name, struct err *err);

/* Whether 'container' is still in its place, or was removed since it was
 * opened: what was read from it may then lack something.  0, or -1 with
 * 'err'. */
int container_clone_check (const struct repo *repo,
                           const struct container *container, struct err *err);

#endif
