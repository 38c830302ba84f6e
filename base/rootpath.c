/* rootpath.c - open a path below a root that nobody vouches for
 *
 * The walk used where openat2 is missing keeps a stack of O_PATH descriptors:
 * '..' takes one off, and at the bottom stays where it is.  So it can not
 * leave the root even when directories are moved while it walks.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/rootpath.h"
#include "base/scope.h"

enum {
    MAX_LINKS = 40, // as the kernel's own limit (MAXSYMLINKS)
    MAX_DEPTH = 256 // directories below the root; deeper is refused
};

/* From linux/openat2.h, which the headers of old systems lack. */
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
enum {
    IN_ROOT = 0x10,      // RESOLVE_IN_ROOT
    NO_MAGICLINKS = 0x02 // RESOLVE_NO_MAGICLINKS
};
struct how {
    uint64_t flags;   // of open(2)
    uint64_t mode;    // 0 unless something is created
    uint64_t resolve; // how the path may be followed
};

// The walk in progress.
struct walk {
    int fds[MAX_DEPTH]; // fds[0] is the root, borrowed; the others are ours
    int depth;          // index of the directory we are in
    int n_links;        // symbolic links followed so far
    char *rest;         // what is still to be walked
};

static int sys_openat2 (int dirfd, const char *path, int flags, mode_t mode)
{
    struct how how = {
        .flags = (unsigned)flags,
        .mode = (flags & O_CREAT) ? mode : 0,
        .resolve = IN_ROOT | NO_MAGICLINKS,
    };

    // EAGAIN: something was renamed meanwhile; the kernel asks to try again
    for (int tries = 0; tries < 32; tries++) {
        int fd = (int)syscall (SYS_openat2, dirfd, path, &how, sizeof (how));

        if (fd >= 0 || errno != EAGAIN)
            return fd;
    }
    return -1;
}

static void walk_end (struct walk *walk)
{
    int saved_errno = errno;

    for (int i = 1; i <= walk->depth; i++)
        close (walk->fds[i]);
    free (walk->rest);
    errno = saved_errno;
}

static int walk_push (struct walk *walk, int fd)
{
    if (walk->depth + 1 >= MAX_DEPTH) {
        close (fd);
        errno = ENAMETOOLONG;
        return -1;
    }
    walk->fds[++walk->depth] = fd;
    return 0;
}

static void walk_up (struct walk *walk, bool to_root)
{
    while (walk->depth > 0) {
        close (walk->fds[walk->depth--]);
        if (!to_root)
            return;
    }
}

// Cut the first part off walk->rest; NULL when nothing is left.
static char *next_part (struct walk *walk)
{
    char *start = walk->rest + strspn (walk->rest, "/");
    size_t len = strcspn (start, "/");
    char *part;

    if (len == 0)
        return NULL;
    part = xstrndup (start, len);
    memmove (walk->rest, start + len, strlen (start + len) + 1);
    return part;
}

// The target of the link 'name' goes before what is left to walk.
static int follow (struct walk *walk, const char *name)
{
    scoped_free char *target = io_read_link (walk->fds[walk->depth], name);
    char *rest;

    if (!target)
        return -1;
    if (++walk->n_links > MAX_LINKS) {
        errno = ELOOP;
        return -1;
    }
    if (target[0] == '/')
        walk_up (walk, true);
    rest = xasprintf ("%s/%s", target, walk->rest);
    free (walk->rest);
    walk->rest = rest;
    return 0;
}

static int is_link (int dirfd, const char *name)
{
    struct stat st;

    if (fstatat (dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? 0 : -1;
    return S_ISLNK (st.st_mode);
}

// One part that is not the last: enter the directory or follow the link.
static int enter (struct walk *walk, const char *name)
{
    int fd = openat (walk->fds[walk->depth], name,
                     O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd >= 0)
        return walk_push (walk, fd);
    if (errno == ENOTDIR && is_link (walk->fds[walk->depth], name) == 1)
        return follow (walk, name);
    return -1;
}

static int step (struct walk *walk, const char *part)
{
    if (strcmp (part, ".") == 0)
        return 0;
    if (strcmp (part, "..") == 0) {
        walk_up (walk, false);
        return 0;
    }
    return enter (walk, part);
}

static bool is_plain (const char *part)
{
    return strcmp (part, ".") != 0 && strcmp (part, "..") != 0;
}

/* Walk until only the last part is left, which is returned (the caller frees
 * it); "." when the path ends in a directory that was entered.  With
 * 'follow_last' a link there is followed first.  NULL on failure. */
static char *walk_to_last (struct walk *walk, bool follow_last)
{
    for (;;) {
        scoped_free char *part = next_part (walk);
        bool last = walk->rest[strspn (walk->rest, "/")] == '\0';

        if (!part)
            return xstrdup (".");
        if (!last || !is_plain (part)) {
            if (step (walk, part) < 0)
                return NULL;
            continue;
        }
        if (!follow_last || is_link (walk->fds[walk->depth], part) != 1)
            return ptr_take (&part);
        if (follow (walk, part) < 0)
            return NULL;
    }
}

static int walk_open (int root_dirfd, const char *cpath, int flags, mode_t mode)
{
    struct walk walk = {.fds = {root_dirfd}, .rest = xstrdup (cpath)};
    // O_EXCL means that a link in the last place is not followed either
    bool follow_last = !(flags & (O_NOFOLLOW | O_EXCL));
    scoped_free char *name = walk_to_last (&walk, follow_last);
    int fd = -1;

    if (name)
        fd = openat (walk.fds[walk.depth], name, flags | O_NOFOLLOW, mode);
    walk_end (&walk);
    return fd;
}

int rootpath_open (int root_dirfd, const char *cpath, int flags, mode_t mode,
                   struct err *err)
{
    int fd = sys_openat2 (root_dirfd, cpath, flags | O_CLOEXEC, mode);

    // EPERM: what old container runtimes' filters answer for unknown calls
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        fd = walk_open (root_dirfd, cpath, flags | O_CLOEXEC, mode);
    if (fd < 0)
        return err_set (err, errno, "cannot open '%s' in the container", cpath);
    return fd;
}

int rootpath_open_parent (int root_dirfd, const char *cpath, const char **name,
                          struct err *err)
{
    size_t end = strlen (cpath);
    scoped_free char *parent = NULL;
    size_t start;

    while (end > 0 && cpath[end - 1] == '/')
        end--;
    start = end;
    while (start > 0 && cpath[start - 1] != '/')
        start--;
    *name = end > 0 ? cpath + start : ".";
    parent = xasprintf ("/%.*s", (int)start, cpath);
    return rootpath_open (root_dirfd, parent, O_PATH | O_DIRECTORY, 0, err);
}
