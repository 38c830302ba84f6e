/* container_clone.c - a container becomes two
 *
 * The copy is made in a stage, synced at once and renamed into place.  The
 * original may run meanwhile: its files are copied as they are found.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/clone.h"
#include "store/container_clone.h"
#include "store/container_part.h"
#include "store/container_publish.h"
#include "store/stage.h"
#include "store/uuid.h"

int container_clone_check (const struct repo *repo,
                           const struct container *container, struct err *err)
{
    struct stat now, was;

    // removing begins with moving it away
    if (fstat (container->dirfd, &was) == 0 &&
        fstatat (repo->containers_fd, container->id, &now,
                 AT_SYMLINK_NOFOLLOW) == 0 &&
        was.st_ino == now.st_ino && was.st_dev == now.st_dev)
        return 0;
    return err_set (err, 0, "it was removed meanwhile");
}

// The copy as directory 'id' of the stage, synced.
static int copy (const struct repo *repo, const struct container *container,
                 struct stage *stage, const char *id, struct err *err)
{
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    scoped_fd int from_fd = openat (container->dirfd, ".", flags);
    scoped_fd int to_fd = -1;

    if (from_fd < 0)
        return err_set (err, errno, "cannot read its directory");
    if (mkdirat (stage->dirfd, id, 0777) == 0)
        to_fd = openat (stage->dirfd, id, flags);
    if (to_fd < 0)
        return err_set (err, errno, "cannot make the container's directory");
    if (clone_tree (from_fd, to_fd, container_part_is, err) < 0 ||
        container_clone_check (repo, container, err) < 0)
        return -1;
    return stage_sync (stage, err);
}

char *container_clone (const struct repo *repo, const char *container,
                       const char *name, struct err *err)
{
    scoped_container struct container *from = NULL;
    scoped_stage struct stage *stage = NULL;
    char id[UUID_LEN + 1];

    // a name that will not do is said before the work, and decided after it
    if (name && (container_check_name (name, err) < 0 ||
                 container_publish_check (repo, name, false, err) < 0))
        return NULL;
    from = container_open (repo, container, err);
    if (!from || uuid_new (id, err) < 0)
        return NULL;
    stage = stage_begin (repo, repo->containers_fd, err);
    if (!stage || copy (repo, from, stage, id, err) < 0 ||
        container_publish (repo, stage, id, name, false, err) < 0) {
        err_prefix (err, "cannot clone '%s'", container);
        return NULL;
    }
    return xstrdup (id);
}
