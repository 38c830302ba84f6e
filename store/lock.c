/* lock.c - one writer at a time of what images and containers there are
 *
 * flock, since it belongs to the open file: it goes with the process that
 * holds it, and another descriptor of the same process does not drop it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/scope.h"
#include "store/lock.h"

static int make_dir (int dirfd, const char *path)
{
    return mkdirat (dirfd, path, 0777) < 0 && errno != EEXIST ? -1 : 0;
}

static int open_lock (const struct repo *repo, const char *path)
{
    int dirfd = repo->top_fd >= 0 ? repo->top_fd : repo->layers_fd;

    if (make_dir (dirfd, ".udocker") < 0 ||
        make_dir (dirfd, ".udocker/locks") < 0)
        return -1;
    return openat (dirfd, path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
}

static int lock (const struct repo *repo, const char *path, struct err *err)
{
    scoped_fd int fd = open_lock (repo, path);
    int result;

    if (fd < 0)
        return err_set (err, errno, "cannot open the lock of '%s'",
                        repo->paths.topdir);
    do
        result = flock (fd, LOCK_EX);
    while (result < 0 && errno == EINTR);
    if (result < 0 && errno != ENOSYS && errno != EOPNOTSUPP &&
        errno != ENOLCK && errno != EINVAL)
        return err_set (err, errno, "cannot lock '%s'", repo->paths.topdir);
    return fd_take (&fd);
}

int lock_images (const struct repo *repo, struct err *err)
{
    return lock (repo, ".udocker/locks/images", err);
}

int lock_containers (const struct repo *repo, struct err *err)
{
    return lock (repo, ".udocker/locks/containers", err);
}
