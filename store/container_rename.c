/* container_rename.c - the names of containers, changed and taken away
 *
 * Either is one request to the filesystem: a kill at any moment leaves the
 * name as it was or as it was to be.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "store/container.h"
#include "store/container_link.h"
#include "store/container_publish.h"
#include "store/lock.h"

// That 'name' is a name, and no id: ids do not change.
static int check_is_name (const struct repo *repo, const char *name,
                          struct err *err)
{
    scoped_free char *id = container_link_id (repo, name, err);

    if (!id)
        return -1;
    if (strcmp (id, name) == 0)
        return err_set (err, 0, "'%s' is the id of a container, not a name",
                        name);
    return 0;
}

int container_rename (const struct repo *repo, const char *name,
                      const char *new_name, struct err *err)
{
    scoped_container struct container *found = NULL;
    scoped_fd int lock_fd = -1;

    if (container_check_name (new_name, err) < 0)
        return -1;
    lock_fd = lock_containers (repo, err);
    if (lock_fd < 0 || check_is_name (repo, name, err) < 0)
        return -1;
    found = container_open (repo, name, err);
    if (!found || container_publish_check (repo, new_name, false, err) < 0)
        return -1;
    if (renameat (repo->containers_fd, name, repo->containers_fd, new_name) <
            0 ||
        io_sync_dir (repo->containers_fd) < 0)
        return err_set (err, errno, "cannot rename '%s' to '%s'", name,
                        new_name);
    return 0;
}

int container_unname (const struct repo *repo, const char *name,
                      struct err *err)
{
    scoped_fd int lock_fd = lock_containers (repo, err);

    if (lock_fd < 0 || check_is_name (repo, name, err) < 0)
        return -1;
    if (unlinkat (repo->containers_fd, name, 0) < 0 ||
        io_sync_dir (repo->containers_fd) < 0)
        return err_set (err, errno, "cannot remove name '%s'", name);
    return 0;
}
