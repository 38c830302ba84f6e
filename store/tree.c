/* tree.c - remove a tree, however deep and however its modes are
 *
 * Everything is named by a directory descriptor and one part.  A directory
 * that lies MAX_DEPTH below the top is moved up to the top before it is
 * emptied, so that neither descriptors nor stack grow with the tree.  Modes
 * are changed only after something was refused.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/scope.h"
#include "store/tree.h"

enum {
    MAX_DEPTH = 64, // directories open at once
    OPEN_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
};

// One removal in progress.
struct removal {
    int top_fd;      // the directory that is emptied; deep ones move here
    long n_moved;    // how many were moved: makes their names unique
    struct err *err; // the caller's
};

static int remove_dir (struct removal *rm, int dirfd, const char *name,
                       int depth);

static int cannot (struct removal *rm, const char *name)
{
    return err_set (rm->err, errno, "cannot remove '%s'", name);
}

static bool is_dot (const char *name)
{
    return strcmp (name, ".") == 0 || strcmp (name, "..") == 0;
}

/* Give the owner all rights on directory 'name'.  By way of /proc, since chmod
 * by name could follow a link and fchmod needs a right to open. */
static int unlock (int dirfd, const char *name)
{
    scoped_fd int fd = openat (dirfd, name,
                               O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    char path[64];

    if (fd < 0)
        return -1;
    snprintf (path, sizeof (path), "/proc/self/fd/%d", fd);
    return chmod (path, 0700);
}

// Whether EACCES was the answer and directory 'dirfd' could be opened up.
static bool unlocked (int dirfd, int depth)
{
    return errno == EACCES && depth > 0 && fchmod (dirfd, 0700) == 0;
}

static int open_dir (int dirfd, const char *name)
{
    int fd = openat (dirfd, name, OPEN_FLAGS);

    if (fd < 0 && errno == EACCES && unlock (dirfd, name) == 0)
        fd = openat (dirfd, name, OPEN_FLAGS);
    return fd;
}

static int unlink_at (int dirfd, const char *name, int flags, int depth)
{
    int rc = unlinkat (dirfd, name, flags);

    if (rc < 0 && unlocked (dirfd, depth))
        rc = unlinkat (dirfd, name, flags);
    return rc < 0 && errno == ENOENT ? 0 : rc;
}

static int remove_entry (struct removal *rm, int dirfd, const char *name,
                         int depth)
{
    if (unlink_at (dirfd, name, 0, depth) == 0)
        return 0;
    if (errno != EISDIR)
        return cannot (rm, name);
    return remove_dir (rm, dirfd, name, depth);
}

// Remove what one reading of the directory finds.  The count, or -1.
static long empty_once (struct removal *rm, DIR *dir, int depth)
{
    long n = 0;

    rewinddir (dir);
    for (;;) {
        struct dirent *entry;
        int rc;

        errno = 0;
        entry = readdir (dir);
        if (!entry)
            return errno ? cannot (rm, "a directory that cannot be read") : n;
        if (is_dot (entry->d_name))
            continue;
        rc = entry->d_type == DT_DIR
                 ? remove_dir (rm, dirfd (dir), entry->d_name, depth)
                 : remove_entry (rm, dirfd (dir), entry->d_name, depth);
        if (rc < 0)
            return -1;
        n++;
    }
}

/* Until a reading finds nothing: removing while reading may hide entries, and
 * deep directories come up meanwhile. */
static int empty (struct removal *rm, DIR *dir, int depth)
{
    long n;

    do {
        n = empty_once (rm, dir, depth);
    } while (n > 0);
    return (int)n;
}

static int move_up (struct removal *rm, int dirfd, const char *name, int depth)
{
    bool tried_chmod = false;
    char up[32];

    for (;;) {
        snprintf (up, sizeof (up), ".deep.%ld", rm->n_moved++);
        if (renameat (dirfd, name, rm->top_fd, up) == 0)
            return 0;
        if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
            continue; // the tree has that name itself
        // a directory that moves gets a new '..', so it must be writable too
        if (tried_chmod || !unlocked (dirfd, depth) ||
            fchmod (rm->top_fd, 0700) < 0 || unlock (dirfd, name) < 0)
            return cannot (rm, name);
        tried_chmod = true;
    }
}

static int remove_dir (struct removal *rm, int dirfd, const char *name,
                       int depth)
{
    scoped_dir DIR *dir = NULL;
    int fd;

    if (depth >= MAX_DEPTH)
        return move_up (rm, dirfd, name, depth);
    fd = open_dir (dirfd, name);
    if (fd < 0)
        return errno == ENOENT ? 0 : cannot (rm, name);
    dir = fdopendir (fd);
    if (!dir) {
        fd_closep (&fd);
        return cannot (rm, name);
    }
    if (depth == 0)
        rm->top_fd = fd;
    if (empty (rm, dir, depth + 1) < 0)
        return -1;
    if (unlink_at (dirfd, name, AT_REMOVEDIR, depth) < 0)
        return cannot (rm, name);
    return 0;
}

int tree_remove (int dirfd, const char *name, struct err *err)
{
    struct removal rm = {.top_fd = -1, .err = err};

    return remove_entry (&rm, dirfd, name, 0);
}

static int check_dir (int at_fd, const char *name, int depth, struct err *err)
{
    scoped_dir DIR *dir = NULL;
    scoped_fd int fd = openat (at_fd, name, OPEN_FLAGS);
    struct dirent *entry;

    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP || errno == ENOENT))
        return 0;
    if (fd < 0 || faccessat (fd, ".", W_OK | X_OK, 0) < 0)
        return err_set (err, errno, "directory '%s' is locked", name);
    dir = fdopendir (fd);
    if (!dir)
        return err_set (err, errno, "cannot read directory '%s'", name);
    fd_take (&fd);
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        bool look = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;

        if (!look || is_dot (entry->d_name) || depth >= MAX_DEPTH)
            continue;
        if (check_dir (dirfd (dir), entry->d_name, depth + 1, err) < 0)
            return -1;
    }
    return 0;
}

int tree_check (int dirfd, const char *name, struct err *err)
{
    return check_dir (dirfd, name, 0, err);
}
