/* underlay.c - a private copy of a directory, into which new names can go
 *
 * Overlayfs would do it with one mount, but needs Linux 5.11 for users and
 * does not lie over every network filesystem.  So each entry of the old
 * directory is bound into a new one in the tmpfs; symbolic links are copied.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "engines/namespace/nsroot.h"

enum { MAX_ENTRIES = 4096 }; // each is a mount; '/' and /etc have some hundred

static int copy_link (int from_dirfd, int to_dirfd, const char *name)
{
    scoped_free char *target = io_read_link (from_dirfd, name);

    return target ? symlinkat (target, to_dirfd, name) : -1;
}

static int make_place (int dirfd, const char *name, bool is_dir)
{
    if (is_dir) {
        if (mkdirat (dirfd, name, 0755) < 0)
            return -1;
    } else if (mknodat (dirfd, name, S_IFREG | 0644, 0) < 0) {
        return -1;
    }
    return openat (dirfd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
}

static int bind_entry (int from_dirfd, int to_dirfd, const char *name)
{
    scoped_fd int from = openat (from_dirfd, name,
                                 O_PATH | O_NOFOLLOW | O_CLOEXEC);
    scoped_fd int to = -1;
    struct stat st;

    if (from < 0 || fstat (from, &st) < 0)
        return -1;
    if (S_ISLNK (st.st_mode))
        return copy_link (from_dirfd, to_dirfd, name);
    to = make_place (to_dirfd, name, S_ISDIR (st.st_mode));
    return to < 0 ? -1 : nsroot_bind_fd (from, to);
}

static DIR *open_listing (int root_fd, const char *cpath, struct err *err)
{
    int fd = rootpath_open (root_fd, cpath, O_RDONLY | O_DIRECTORY, 0, err);
    DIR *dir = fd < 0 ? NULL : fdopendir (fd);

    if (!dir)
        fd_closep (&fd);
    return dir;
}

static int bind_entries (const struct nsroot *root, const char *cpath,
                         int to_dirfd, struct err *err)
{
    scoped_dir DIR *dir = open_listing (root->root_fd, cpath, err);
    int n = 0;

    if (!dir)
        return -1;
    for (struct dirent *e = readdir (dir); e; e = readdir (dir)) {
        if (strcmp (e->d_name, ".") == 0 || strcmp (e->d_name, "..") == 0)
            continue;
        if (++n > MAX_ENTRIES)
            return err_set (err, 0,
                            "'%s' is read-only and has more than %d entries: "
                            "make the mount point in the image",
                            cpath, MAX_ENTRIES);
        if (bind_entry (dirfd (dir), to_dirfd, e->d_name) < 0)
            return err_set (err, errno, "cannot copy '%s/%s'", cpath,
                            e->d_name);
    }
    return 0;
}

// The root's own descriptor must follow when '/' itself was replaced.
static int reopen_root (struct nsroot *root, struct err *err)
{
    int fd = open (root->root_path, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot enter '%s'", root->root_path);
    fd_closep (&root->root_fd);
    root->root_fd = fd;
    return 0;
}

int nsroot_underlay (struct nsroot *root, const char *cpath, struct err *err)
{
    scoped_fd int to = nsroot_make_dir (root, err);
    scoped_fd int at = -1;

    if (to < 0 || bind_entries (root, cpath, to, err) < 0)
        return -1;
    at = rootpath_open (root->root_fd, cpath, O_PATH | O_DIRECTORY, 0, err);
    if (at < 0)
        return -1;
    root->has_copies = true;
    if (nsroot_bind_fd (to, at) < 0)
        return err_set (err, errno, "cannot replace directory '%s'", cpath);
    return reopen_root (root, err);
}
