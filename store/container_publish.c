/* container_publish.c - a container that was made in a stage is put in place
 *
 * A new name is made before its container: a kill in between leaves a name of
 * nothing, which nobody sees.  A name that another container has is moved
 * after: a kill in between leaves it where it was.
 */
#include <errno.h>
#include <unistd.h>

#include "base/scope.h"
#include "store/container_link.h"
#include "store/container_publish.h"
#include "store/lock.h"

int container_publish_check (const struct repo *repo, const char *name,
                             bool force, struct err *err)
{
    switch (container_link_state (repo, name)) {
    case CONTAINER_LINK_FREE:
        return 0;
    case CONTAINER_LINK_TAKEN:
        return force ? 0 : err_set (err, 0, "name '%s' is in use", name);
    case CONTAINER_LINK_IS_ID:
        return err_set (err, 0, "name '%s' is the id of a container", name);
    case CONTAINER_LINK_UNKNOWN:
        break;
    }
    return err_set (err, errno, "cannot look at name '%s'", name);
}

static int publish_named (const struct repo *repo, struct stage *stage,
                          const char *id, const char *name, struct err *err)
{
    if (container_link_set (repo, stage, name, id, err) < 0)
        return -1;
    if (stage_publish (stage, id, repo->containers_fd, id, err) < 0) {
        unlinkat (repo->containers_fd, name, 0);
        return -1;
    }
    return 0;
}

static int publish_and_rename (const struct repo *repo, struct stage *stage,
                               const char *id, const char *name,
                               struct err *err)
{
    if (stage_publish (stage, id, repo->containers_fd, id, err) < 0)
        return -1;
    if (container_link_set (repo, stage, name, id, err) < 0) {
        stage_discard (stage, repo->containers_fd, id, NULL);
        return -1;
    }
    return 0;
}

int container_publish (const struct repo *repo, struct stage *stage,
                       const char *id, const char *name, bool force,
                       struct err *err)
{
    scoped_fd int lock_fd = -1;

    if (!name)
        return stage_publish (stage, id, repo->containers_fd, id, err);
    lock_fd = lock_containers (repo, err);
    if (lock_fd < 0 || container_publish_check (repo, name, force, err) < 0)
        return -1;
    if (container_link_state (repo, name) == CONTAINER_LINK_FREE)
        return publish_named (repo, stage, id, name, err);
    return publish_and_rename (repo, stage, id, name, err);
}
