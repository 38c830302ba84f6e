#ifndef STORE_CONTAINER_PUBLISH_H
#define STORE_CONTAINER_PUBLISH_H

#include <stdbool.h>

#include "base/err.h"
#include "store/repo.h"
#include "store/stage.h"

/* Whether 'name' can be given to a container: it is free, or 'force' allows
 * to take it from another one.  0, or -1 with 'err'. */
int container_publish_check (const struct repo *repo, const char *name,
                             bool force, struct err *err);

/* Move the synced directory 'id' of 'stage' to containers/ and, when 'name' is
 * not NULL, name it; with 'force' an existing name moves to it.  0, or -1 with
 * 'err' and containers/ as it was. */
int container_publish (const struct repo *repo, struct stage *stage,
                       const char *id, const char *name, bool force,
                       struct err *err);

#endif
