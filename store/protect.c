/* protect.c - the mark against removal: an empty file PROTECT
 *
 * It is set under the lock under which a container or a tag is removed, so a
 * protect that succeeded is not followed by a removal that began before it.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "store/container.h"
#include "store/image.h"
#include "store/lock.h"
#include "store/protect.h"

bool protect_is_on (int dirfd)
{
    return faccessat (dirfd, "PROTECT", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int set_mark (int dirfd)
{
    scoped_fd int fd = openat (dirfd, "PROTECT",
                               O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0)
        return errno == EEXIST ? 0 : -1;
    return io_sync_dir (dirfd);
}

static int take_mark (int dirfd)
{
    if (unlinkat (dirfd, "PROTECT", 0) < 0)
        return errno == ENOENT ? 0 : -1;
    return io_sync_dir (dirfd);
}

static int change (int dirfd, bool on, struct err *err)
{
    if ((on ? set_mark (dirfd) : take_mark (dirfd)) < 0)
        return err_set (err, errno, "cannot change its mark of protection");
    return 0;
}

int protect_container (const struct repo *repo, const char *name, bool on,
                       struct err *err)
{
    scoped_fd int lock_fd = lock_containers (repo, err);
    scoped_container struct container *found = NULL;

    if (lock_fd < 0)
        return -1;
    found = container_open (repo, name, err);
    if (!found)
        return -1;
    if (change (found->dirfd, on, err) < 0)
        return err_prefix (err, "container '%s'", name);
    return 0;
}

int protect_image (const struct repo *repo, const struct reference *ref,
                   bool on, struct err *err)
{
    scoped_fd int lock_fd = lock_images (repo, err);
    scoped_fd int tag_dirfd = -1;

    if (lock_fd < 0)
        return -1;
    tag_dirfd = image_open (repo, ref, err);
    if (tag_dirfd < 0)
        return -1;
    if (change (tag_dirfd, on, err) < 0)
        return err_prefix (err, "image '%s:%s'", ref->name,
                           reference_dir (ref));
    return 0;
}
