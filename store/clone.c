/* clone.c - a copy of a tree */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "store/clone.h"
#include "store/clone_file.h"
#include "store/treewalk.h"
#include "store/xattrs.h"

// One copy in progress.
struct clone {
    struct clone_ways ways;              // to copy a file
    int top_fd;                          // of the copy
    int dir_fds[TREEWALK_MAX_DEPTH + 1]; // its directory at each depth, or -1
};

static int cannot (const struct treewalk_entry *entry, struct err *err)
{
    return err_set (err, errno, "cannot copy '%s'", entry->path);
}

static int set_xattr (void *arg, const char *name, const void *value, size_t n,
                      struct err *err)
{
    const int *fd = arg;

    if (fsetxattr (*fd, name, value, n, 0) == 0 || errno == ENOTSUP)
        return 0;
    return err_set (err, errno, "cannot set the attribute '%s'", name);
}

// What is set last: writing would change it.
static int finish (const struct treewalk_entry *entry, int to_fd,
                   struct err *err)
{
    const struct timespec times[2] = {entry->st->st_atim, entry->st->st_mtim};

    if (xattrs_each (entry->fd, set_xattr, &to_fd, err) < 0)
        return err_prefix (err, "'%s'", entry->path);
    if (fchmod (to_fd, entry->st->st_mode & 07777) < 0 ||
        futimens (to_fd, times) < 0)
        return cannot (entry, err);
    return 0;
}

static int enter (void *arg, const struct treewalk_entry *entry,
                  struct err *err)
{
    struct clone *clone = arg;
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd;

    if (entry->depth == 0) {
        fd = openat (clone->top_fd, ".", flags);
    } else {
        int dirfd = clone->dir_fds[entry->depth - 1];

        if (mkdirat (dirfd, entry->name, 0700) < 0)
            return cannot (entry, err);
        fd = openat (dirfd, entry->name, flags);
    }
    if (fd < 0)
        return cannot (entry, err);
    clone->dir_fds[entry->depth] = fd;
    return 0;
}

static int leave (void *arg, const struct treewalk_entry *entry,
                  struct err *err)
{
    struct clone *clone = arg;
    scoped_fd int fd = fd_take (&clone->dir_fds[entry->depth]);

    return finish (entry, fd, err);
}

static int copy_file (struct clone *clone, int dirfd,
                      const struct treewalk_entry *entry, struct err *err)
{
    scoped_fd int fd = openat (
        dirfd, entry->name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
        0600);

    if (fd < 0 ||
        clone_file (&clone->ways, entry->fd, fd, entry->st->st_size) < 0)
        return cannot (entry, err);
    if (finish (entry, fd, err) < 0)
        return -1;
    // network filesystems tell of a full disk or quota this late
    if (close (fd_take (&fd)) < 0 && errno != EINTR)
        return cannot (entry, err);
    return 0;
}

static int copy_symlink (int dirfd, const struct treewalk_entry *entry)
{
    scoped_free char *target = io_read_link (entry->dirfd, entry->name);

    return target ? symlinkat (target, dirfd, entry->name) : -1;
}

static int file (void *arg, const struct treewalk_entry *entry, struct err *err)
{
    struct clone *clone = arg;
    int dirfd = clone->dir_fds[entry->depth - 1];
    const struct timespec times[2] = {entry->st->st_atim, entry->st->st_mtim};
    int rc;

    if (S_ISREG (entry->st->st_mode) && !entry->first)
        return copy_file (clone, dirfd, entry, err);
    // the path is one of directories that were made here
    if (entry->first)
        rc = linkat (clone->top_fd, entry->first, dirfd, entry->name, 0);
    else if (S_ISLNK (entry->st->st_mode))
        rc = copy_symlink (dirfd, entry);
    else
        rc = mkfifoat (dirfd, entry->name, entry->st->st_mode & 0777);
    if (rc == 0 && !entry->first)
        rc = utimensat (dirfd, entry->name, times, AT_SYMLINK_NOFOLLOW);
    return rc < 0 ? cannot (entry, err) : 0;
}

int clone_tree (int from_fd, int to_fd, bool (*is_part) (const char *name),
                struct err *err)
{
    struct clone clone = {.top_fd = to_fd};
    const struct treewalk walk = {
        .enter = enter,
        .leave = leave,
        .file = file,
        .arg = &clone,
        .is_part = is_part,
    };
    int rc;

    for (int i = 0; i <= TREEWALK_MAX_DEPTH; i++)
        clone.dir_fds[i] = -1;
    rc = treewalk (from_fd, &walk, err);
    for (int i = 0; i <= TREEWALK_MAX_DEPTH; i++)
        fd_closep (&clone.dir_fds[i]);
    return rc;
}
