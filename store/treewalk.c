/* treewalk.c - look at every entry of a tree, for copying and archiving it
 *
 * The tree may be that of a running container: every entry is named by a
 * descriptor of its directory and one part, and what was opened is looked at
 * again, so nothing outside the tree is reached whatever changes meanwhile.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/strlist.h"
#include "store/linkmap.h"
#include "store/treewalk.h"

// One walk in progress.
struct progress {
    const struct treewalk *walk; // the caller's
    struct linkmap links;        // files of several names met so far
    char path[PATH_MAX];         // of the entry, below the top
    size_t n;                    // its length
    struct err *err;             // the caller's
};

static int walk_dir (struct progress *at, int dirfd, int depth);

static int compare (const void *a, const void *b)
{
    return strcmp (*(char *const *)a, *(char *const *)b);
}

static int read_names (struct progress *at, int dirfd, struct strlist *names)
{
    int fd = openat (dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        fd_closep (&fd);
        return err_set (at->err, errno, "cannot read directory '%s'", at->path);
    }
    errno = 0;
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (strcmp (entry->d_name, ".") != 0 &&
            strcmp (entry->d_name, "..") != 0)
            strlist_add (names, entry->d_name);
        errno = 0;
    }
    if (errno)
        return err_set (at->err, errno, "cannot read directory '%s'", at->path);
    if (names->n)
        qsort (names->items, names->n, sizeof (*names->items), compare);
    return 0;
}

/* Open what has content and look at it again.  The descriptor, or -1 with
 * errno; EINVAL when it has become another kind of thing. */
static int open_entry (int dirfd, const char *name, struct stat *st)
{
    bool is_dir = S_ISDIR (st->st_mode);
    int flags = O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC |
                (is_dir ? O_DIRECTORY : 0);
    scoped_fd int fd = openat (dirfd, name, O_RDONLY | flags);

    if (fd < 0 || fstat (fd, st) < 0)
        return -1;
    if (is_dir ? !S_ISDIR (st->st_mode) : !S_ISREG (st->st_mode)) {
        errno = EINVAL;
        return -1;
    }
    return fd_take (&fd);
}

static int visit (struct progress *at, struct treewalk_entry *entry,
                  struct stat *st)
{
    const struct treewalk *walk = at->walk;
    scoped_fd int fd = -1;

    if (!S_ISDIR (st->st_mode) && st->st_nlink > 1)
        entry->first = linkmap_first (&at->links, st, at->path);
    if (!entry->first && (S_ISDIR (st->st_mode) || S_ISREG (st->st_mode))) {
        fd = open_entry (entry->dirfd, entry->name, st);
        if (fd < 0 && errno == ENOENT)
            return 0;
        if (fd < 0)
            return err_set (at->err, errno, "cannot read '%s'", at->path);
    }
    entry->fd = fd;
    if (!S_ISDIR (st->st_mode))
        return walk->file (walk->arg, entry, at->err);
    if (walk->enter (walk->arg, entry, at->err) < 0 ||
        walk_dir (at, fd, entry->depth) < 0)
        return -1;
    return walk->leave (walk->arg, entry, at->err);
}

static bool can_be_taken (mode_t mode)
{
    return S_ISREG (mode) || S_ISDIR (mode) || S_ISLNK (mode) ||
           S_ISFIFO (mode);
}

static int walk_entry (struct progress *at, int dirfd, const char *name,
                       int depth)
{
    struct stat st;
    struct treewalk_entry entry = {
        .path = at->path,
        .name = name,
        .st = &st,
        .dirfd = dirfd,
        .depth = depth,
    };

    if (fstatat (dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT
                   ? 0
                   : err_set (at->err, errno, "cannot look at '%s'", at->path);
    return can_be_taken (st.st_mode) ? visit (at, &entry, &st) : 0;
}

static int walk_named (struct progress *at, int dirfd, const char *name,
                       int depth)
{
    size_t n = at->n;
    size_t room = sizeof (at->path) - n;
    int more = snprintf (at->path + n, room, "%s%s", n ? "/" : "", name);
    int rc;

    if (more < 0 || (size_t)more >= room || depth > TREEWALK_MAX_DEPTH) {
        at->path[n] = '\0';
        return err_set (at->err, 0, "'%.64s...' is too deep a directory",
                        at->path);
    }
    at->n += (size_t)more;
    rc = walk_entry (at, dirfd, name, depth);
    at->n = n;
    at->path[n] = '\0';
    return rc;
}

// What is in directory 'dirfd', which is 'depth' levels below the top.
static int walk_dir (struct progress *at, int dirfd, int depth)
{
    scoped_strlist struct strlist names = {0};

    if (read_names (at, dirfd, &names) < 0)
        return -1;
    for (size_t i = 0; i < names.n; i++) {
        const char *name = names.items[i];

        if (depth == 0 && at->walk->is_part && !at->walk->is_part (name))
            continue;
        if (walk_named (at, dirfd, name, depth + 1) < 0)
            return -1;
    }
    return 0;
}

int treewalk (int top_fd, const struct treewalk *walk, struct err *err)
{
    struct progress *at = xcalloc (1, sizeof (*at));
    struct stat st;
    struct treewalk_entry entry = {
        .path = at->path,
        .name = "",
        .st = &st,
        .dirfd = -1,
        .fd = top_fd,
    };
    int rc;

    at->walk = walk;
    at->err = err;
    if (fstat (top_fd, &st) < 0)
        rc = err_set (err, errno, "cannot look at the tree");
    else if (walk->enter (walk->arg, &entry, err) < 0 ||
             walk_dir (at, top_fd, 0) < 0)
        rc = -1;
    else
        rc = walk->leave (walk->arg, &entry, err);
    linkmap_free (&at->links);
    free (at);
    return rc;
}
