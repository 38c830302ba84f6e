/* volumes.c - the plan's mounts, one after the other */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/scope.h"
#include "engines/namespace/volumes.h"

static bool is_missing (int code)
{
    return code == ENOENT || code == ENOTDIR;
}

static int mount_fd (struct nsroot *root, const struct plan_mount *mount,
                     int fd, struct err *err)
{
    scoped_fd int at = -1;
    struct stat st;

    if (fstat (fd, &st) < 0)
        return err_set (err, errno, "cannot look at volume '%s'",
                        mount->host_path ? mount->host_path : mount->cpath);
    at = nsroot_mount_point (root, mount->cpath, S_ISDIR (st.st_mode), err);
    if (at < 0)
        return -1;
    if (nsroot_bind (fd, at) < 0)
        return err_set (err, errno, "cannot mount '%s' at '%s'",
                        mount->host_path ? mount->host_path : "a file",
                        mount->cpath);
    return mount->read_only ? nsroot_set_read_only (root, mount->cpath, err)
                            : 0;
}

static int mount_one (struct nsroot *root, const struct plan_mount *mount,
                      struct err *err)
{
    scoped_fd int fd = -1;

    if (mount->content)
        fd = nsroot_make_file (root, mount->content, err);
    else
        fd = open (mount->host_path, O_PATH | O_CLOEXEC);
    if (fd >= 0)
        return mount_fd (root, mount, fd, err);
    if (mount->content)
        return -1;
    if (mount->optional && is_missing (errno))
        return 0;
    return err_set (err, errno, "cannot reach volume '%s' on the host",
                    mount->host_path);
}

int volumes_mount (struct nsroot *root, const struct plan *plan,
                   struct err *err)
{
    for (size_t i = 0; i < plan->n_mounts; i++)
        if (mount_one (root, &plan->mounts[i], err) < 0)
            return -1;
    return 0;
}
