/* mountpoint.c - find the place to mount over, or make it
 *
 * A missing place is made in the container itself where its tree can be
 * written, as udocker does: files that the program makes beside it stay.
 * Where it cannot (a read-only export, another owner's container), the nearest
 * existing directory is first replaced by a private copy.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "engines/namespace/nsroot.h"

enum { MAX_LINKS = 40 }; // the kernel's own limit

static int look (const struct nsroot *root, const char *cpath, int flags)
{
    return rootpath_open (root->root_fd, cpath, O_PATH | flags, 0, NULL);
}

static char *parent_of (const char *cpath)
{
    const char *slash = strrchr (cpath, '/');
    size_t n = slash > cpath ? (size_t)(slash - cpath) : 1;

    return xstrndup (cpath, n);
}

/* The path that 'cpath' stands for when its last part is a dangling link, as
 * /etc/resolv.conf often is in images; the caller frees it.  NULL when it is
 * no link. */
static char *link_target (const struct nsroot *root, const char *cpath)
{
    scoped_fd int fd = look (root, cpath, O_NOFOLLOW);
    scoped_free char *parent = parent_of (cpath);
    scoped_free char *target = fd < 0 ? NULL : io_read_link (fd, "");

    if (!target || target[0] == '/')
        return ptr_take (&target);
    return xasprintf ("%s/%s", parent, target);
}

// The path at the end of a chain of dangling links.
static char *final_path (const struct nsroot *root, const char *cpath)
{
    char *path = xstrdup (cpath);

    for (int i = 0; i < MAX_LINKS; i++) {
        char *target = link_target (root, path);

        if (!target)
            break;
        free (path);
        path = target;
    }
    return path;
}

static int make_entry (int dirfd, const char *name, bool is_dir)
{
    scoped_fd int fd = -1;

    if (is_dir)
        return mkdirat (dirfd, name, 0755);
    fd = openat (dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    return fd < 0 ? -1 : 0;
}

/* Inside its namespace this process has CAP_DAC_OVERRIDE for the user's files
 * and would write where the user has forbidden it. */
static bool is_write_protected (int dirfd)
{
    struct stat st;

    return fstat (dirfd, &st) == 0 && !(st.st_mode & S_IWUSR);
}

static int make_last (const struct nsroot *root, const char *cpath, bool is_dir)
{
    const char *name;
    scoped_fd int dirfd = rootpath_open_parent (root->root_fd, cpath, &name,
                                                NULL);

    if (dirfd < 0)
        return -1;
    if (is_write_protected (dirfd)) {
        errno = EACCES;
        return -1;
    }
    if (make_entry (dirfd, name, is_dir) < 0 && errno != EEXIST)
        return -1;
    return 0;
}

/* Make 'cpath' and what is missing above it.  Other ranks may be doing the
 * same.  0; or -1 with errno, and 'exists' then holds the length of the part
 * of 'cpath' that is there. */
static int make_path (const struct nsroot *root, const char *cpath, bool is_dir,
                      size_t *exists)
{
    size_t len = strlen (cpath);

    *exists = 1;
    for (size_t i = 1; i <= len; i++) {
        scoped_free char *part = NULL;
        scoped_fd int fd = -1;

        if (cpath[i] != '/' && cpath[i] != '\0')
            continue;
        part = xstrndup (cpath, i);
        fd = look (root, part, 0);
        if (fd < 0 && make_last (root, part, i < len || is_dir) < 0)
            return -1;
        *exists = i;
    }
    return 0;
}

static bool cannot_write (int code)
{
    return code == EROFS || code == EACCES || code == EPERM || code == EDQUOT ||
           code == ENOSPC;
}

static int make_anywhere (struct nsroot *root, const char *cpath, bool is_dir,
                          struct err *err)
{
    scoped_free char *above = NULL;
    size_t exists;

    if (make_path (root, cpath, is_dir, &exists) == 0)
        return 0;
    if (!cannot_write (errno))
        return err_set (err, errno, "cannot make mount point '%s'", cpath);
    above = xstrndup (cpath, exists);
    if (nsroot_underlay (root, above, err) < 0)
        return -1;
    if (make_path (root, cpath, is_dir, &exists) < 0)
        return err_set (err, errno, "cannot make mount point '%s'", cpath);
    return 0;
}

static int check_kind (int fd, const char *cpath, bool is_dir, struct err *err)
{
    struct stat st;

    if (fstat (fd, &st) < 0)
        return err_set (err, errno, "cannot look at mount point '%s'", cpath);
    if (S_ISDIR (st.st_mode) == is_dir)
        return 0;
    return err_set (err, 0, "cannot mount a %s over '%s', which is a %s",
                    is_dir ? "directory" : "file", cpath,
                    is_dir ? "file" : "directory");
}

int nsroot_mount_point (struct nsroot *root, const char *cpath, bool is_dir,
                        struct err *err)
{
    scoped_fd int fd = look (root, cpath, 0);
    scoped_free char *path = NULL;

    if (fd < 0 && errno == ENOENT) {
        path = final_path (root, cpath);
        if (make_anywhere (root, path, is_dir, err) < 0)
            return -1;
        fd = look (root, path, 0);
    }
    if (fd < 0)
        return err_set (err, errno, "cannot reach mount point '%s'", cpath);
    if (check_kind (fd, cpath, is_dir, err) < 0)
        return -1;
    return fd_take (&fd);
}
