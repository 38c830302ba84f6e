/* volumes.c - the plan's mounts, one after the other */
#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/scope.h"
#include "engines/namespace/volumes.h"

static bool is_missing (int code)
{
    return code == ENOENT || code == ENOTDIR;
}

static int mount_text (struct nsroot *root, const struct plan_mount *mount,
                       int at_fd, struct err *err)
{
    scoped_fd int fd = nsroot_make_file (root, mount->content, err);

    if (fd < 0)
        return -1;
    if (nsroot_bind_fd (fd, at_fd) < 0)
        return err_set (err, errno, "cannot mount a file at '%s'",
                        mount->cpath);
    return 0;
}

static int mount_path (struct nsroot *root, const struct plan_mount *mount,
                       int at_fd, struct err *err)
{
    if (nsroot_bind (mount->host_path, at_fd) < 0)
        return err_set (err, errno, "cannot mount '%s' at '%s'",
                        mount->host_path, mount->cpath);
    return mount->read_only ? nsroot_set_read_only (root, mount->cpath, err)
                            : 0;
}

static int mount_one (struct nsroot *root, const struct plan_mount *mount,
                      struct err *err)
{
    struct stat st = {.st_mode = S_IFREG};
    scoped_fd int at = -1;

    if (mount->host_path && stat (mount->host_path, &st) < 0) {
        if (mount->optional && is_missing (errno))
            return 0;
        return err_set (err, errno, "cannot reach volume '%s' on the host",
                        mount->host_path);
    }
    at = nsroot_mount_point (root, mount->cpath, S_ISDIR (st.st_mode), err);
    if (at < 0)
        return -1;
    return mount->content ? mount_text (root, mount, at, err)
                          : mount_path (root, mount, at, err);
}

int volumes_mount (struct nsroot *root, const struct plan *plan,
                   struct err *err)
{
    for (size_t i = 0; i < plan->n_mounts; i++)
        if (mount_one (root, &plan->mounts[i], err) < 0)
            return -1;
    return 0;
}
