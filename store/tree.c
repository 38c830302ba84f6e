/* tree.c - removing a directory tree that strangers made
 *
 * The walk holds one descriptor per level.  A tree may be deeper than a
 * process may have files open, so what is deeper than DEPTH_MAX is moved to
 * the top, beside the tree itself, and removed from there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/scope.h"
#include "store/tree.h"

enum {
    DEPTH_MAX = 128, // levels that are walked at once
    PASSES_MAX = 64, // NFS may hide entries from a scan that removes them
};

struct walk {
    int top_dirfd;    // where deep directories are moved to
    const char *name; // of the tree: theirs are 'name.N'
    unsigned n_moved; // of them made so far
};

static int remove_dir (struct walk *walk, int dirfd, const char *name,
                       int depth);

static DIR *open_for_removal (int dirfd, const char *name)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat (dirfd, name, flags);

    // removing needs all three bits, reading succeeds with one
    if (fd >= 0)
        fchmod (fd, 0700);
    else if (errno == EACCES && fchmodat (dirfd, name, 0700, 0) == 0)
        fd = openat (dirfd, name, flags);
    if (fd < 0)
        return NULL;

    DIR *dir = fdopendir (fd);

    if (!dir)
        fd_closep (&fd);
    return dir;
}

static int move_up (struct walk *walk, int dirfd, const char *name)
{
    scoped_free char *moved = xasprintf ("%s.%u", walk->name, walk->n_moved);

    // its '..' is written to
    if (fchmodat (dirfd, name, 0700, 0) < 0 ||
        renameat (dirfd, name, walk->top_dirfd, moved) < 0)
        return -1;
    walk->n_moved++;
    return 0;
}

static int remove_entry (struct walk *walk, int dirfd, const char *name,
                         int depth)
{
    if (unlinkat (dirfd, name, 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return -1;
    if (depth >= DEPTH_MAX)
        return move_up (walk, dirfd, name);
    return remove_dir (walk, dirfd, name, depth + 1);
}

static int remove_entries (struct walk *walk, DIR *dir, int depth)
{
    struct dirent *entry;

    rewinddir (dir);
    while (true) {
        errno = 0;
        entry = readdir (dir);
        if (!entry)
            return errno ? -1 : 0;
        if (strcmp (entry->d_name, ".") == 0 ||
            strcmp (entry->d_name, "..") == 0)
            continue;
        if (remove_entry (walk, dirfd (dir), entry->d_name, depth) < 0)
            return -1;
    }
}

static int remove_dir (struct walk *walk, int dirfd, const char *name,
                       int depth)
{
    scoped_dir DIR *dir = open_for_removal (dirfd, name);

    if (!dir)
        return errno == ENOENT ? 0 : -1;
    for (int pass = 0; pass < PASSES_MAX; pass++) {
        if (remove_entries (walk, dir, depth) < 0)
            return -1;
        if (unlinkat (dirfd, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
            return 0;
        if (errno != ENOTEMPTY && errno != EEXIST)
            return -1;
    }
    return -1;
}

static int remove_moved (struct walk *walk)
{
    for (unsigned i = 0; i < walk->n_moved; i++) {
        scoped_free char *moved = xasprintf ("%s.%u", walk->name, i);

        if (remove_dir (walk, walk->top_dirfd, moved, 0) < 0)
            return -1;
    }
    return 0;
}

int tree_remove (int dirfd, const char *name, struct err *err)
{
    struct walk walk = {.top_dirfd = dirfd, .name = name};

    if (remove_entry (&walk, dirfd, name, 0) < 0 || remove_moved (&walk) < 0)
        return err_set (err, errno, "cannot remove all of '%s'", name);
    return 0;
}
