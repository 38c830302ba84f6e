/* container_remove.c - a container and its names go
 *
 * It is moved into a stage first: readers see it whole or not at all.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/container.h"
#include "store/container_link.h"
#include "store/lock.h"
#include "store/protect.h"
#include "store/stage.h"
#include "store/tree.h"

// Remove the names that stand for 'id'.
static int remove_names (const struct repo *repo, const char *id,
                         struct err *err)
{
    int fd = openat (repo->containers_fd, ".",
                     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        err_set (err, errno, "cannot read the names of containers");
        fd_closep (&fd);
        return -1;
    }
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        scoped_free char *named = NULL;

        if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
            continue;
        named = container_link_id (repo, entry->d_name, NULL);
        if (!named || strcmp (named, id) != 0)
            continue;
        if (unlinkat (fd, entry->d_name, 0) < 0 && errno != ENOENT)
            return err_set (err, errno, "cannot remove name '%s'",
                            entry->d_name);
    }
    return 0;
}

static int check_protected (const struct repo *repo, const char *id,
                            const char *name, struct err *err)
{
    scoped_fd int dirfd = openat (
        repo->containers_fd, id, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (dirfd < 0)
        return err_set (err, errno, "cannot open container '%s'", name);
    if (protect_is_on (dirfd))
        return err_set (err, 0, "container '%s' is protected", name);
    return 0;
}

static int check (const struct repo *repo, const char *id, const char *name,
                  bool force, struct err *err)
{
    if (check_protected (repo, id, name, err) < 0)
        return -1;
    if (!force && tree_check (repo->containers_fd, id, err) < 0) {
        err_prefix (err, "cannot remove container '%s'", name);
        return err_hint (err, "rm -f changes modes");
    }
    return 0;
}

int container_remove (struct repo *repo, const char *name, bool force,
                      struct err *err)
{
    scoped_stage struct stage *stage = NULL;
    scoped_free char *id = container_link_id (repo, name, err);
    scoped_fd int lock_fd = -1;

    if (!id || check (repo, id, name, force, err) < 0)
        return -1;
    stage = stage_begin (repo, repo->containers_fd, err);
    lock_fd = stage ? lock_containers (repo, err) : -1;
    // it may have been protected while the tree was looked through
    if (lock_fd < 0 || check_protected (repo, id, name, err) < 0 ||
        stage_discard (stage, repo->containers_fd, id, err) < 0)
        return -1;
    return remove_names (repo, id, err);
}
