#ifndef STORE_CONTAINER_LINK_H
#define STORE_CONTAINER_LINK_H

#include "base/err.h"
#include "store/repo.h"
#include "store/stage.h"

// What a name stands for.
enum container_link {
    CONTAINER_LINK_FREE,    // nothing, or a container that is gone
    CONTAINER_LINK_TAKEN,   // a container
    CONTAINER_LINK_IS_ID,   // it is the id of a container, or another file
    CONTAINER_LINK_UNKNOWN, // it cannot be read
};

/* What 'name', one part of a path, stands for below containers/. */
enum container_link container_link_state (const struct repo *repo,
                                          const char *name);

/* The id of the container that 'name' (a name or an id) stands for.  The
 * caller frees it.  NULL with 'err'; err->code is ENOENT when there is none. */
char *container_link_id (const struct repo *repo, const char *name,
                         struct err *err);

/* Make 'name' stand for container 'id' at once, whatever it stood for; 'stage'
 * is one for containers/.  0, or -1 with 'err' and the name as it was. */
int container_link_set (const struct repo *repo, struct stage *stage,
                        const char *name, const char *id, struct err *err);

#endif
