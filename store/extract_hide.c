/* extract_hide.c - whiteouts: what a layer removes of those below it
 *
 * A marker may stand before or after the members that this layer puts into the
 * same place, and hides none of them: they are in extract->made.  So a marker
 * removes every tree that this layer has no part in, and looks into the
 * directories that both have.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/scope.h"
#include "store/extract_impl.h"
#include "store/tree.h"

// The place in the walk; one buffer for all its depths.
struct hide {
    struct extract *extract;
    char path[PATH_MAX]; // clean, of the entry looked at
};

static int hide_entry (struct hide *hide, int dirfd, const char *name,
                       struct err *err);

// Hide the entries of the open directory, which is hide->path.
static int hide_entries (struct hide *hide, DIR *dir, struct err *err)
{
    size_t len = strlen (hide->path);
    size_t room = sizeof (hide->path) - len;

    for (;;) {
        struct dirent *entry;
        int n;

        errno = 0;
        entry = readdir (dir);
        if (!entry && errno)
            return err_set (err, errno, "cannot read '%s'", hide->path);
        if (!entry)
            return 0;
        if (strcmp (entry->d_name, ".") == 0 ||
            strcmp (entry->d_name, "..") == 0)
            continue;
        n = snprintf (hide->path + len, room, "%s%s", len ? "/" : "",
                      entry->d_name);
        if (n < 0 || (size_t)n >= room)
            return err_set (err, ENAMETOOLONG, "'%s'", hide->path);
        if (hide_entry (hide, dirfd (dir), entry->d_name, err) < 0)
            return -1;
        hide->path[len] = '\0';
    }
}

// Hide what is in 'name', when that is a directory.
static int hide_dir (struct hide *hide, int dirfd, const char *name,
                     struct err *err)
{
    int fd = openat (dirfd, name,
                     O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);

    if (dir)
        return hide_entries (hide, dir, err);
    fd_closep (&fd);
    if (errno == ENOTDIR || errno == ELOOP || errno == ENOENT)
        return 0;
    return err_set (err, errno, "cannot read '%s'", hide->path);
}

static int hide_entry (struct hide *hide, int dirfd, const char *name,
                       struct err *err)
{
    if (!pathset_has (&hide->extract->made, hide->path))
        return tree_remove (dirfd, name, err);
    return hide_dir (hide, dirfd, name, err);
}

typedef int hide_f (struct hide *hide, int dirfd, const char *name,
                    struct err *err);

// Apply 'what' to 'path', unless there is no such place.
static int hide_at (struct extract *extract, const char *path, hide_f *what,
                    struct err *err)
{
    struct hide hide = {.extract = extract};
    struct err missing;
    const char *base;
    int fd;

    if (!extract->over_lower)
        return 0;
    memcpy (hide.path, path, strlen (path) + 1);
    fd = extract_parent (extract, path, false, &base, &missing);
    if (fd >= 0)
        return what (&hide, fd, *base ? base : ".", err);
    if (missing.code == ENOENT || missing.code == ENOTDIR)
        return 0;
    if (err)
        *err = missing;
    return -1;
}

int extract_hide (struct extract *extract, const char *path, struct err *err)
{
    return hide_at (extract, path, hide_entry, err);
}

int extract_hide_below (struct extract *extract, const char *path,
                        struct err *err)
{
    return hide_at (extract, path, hide_dir, err);
}
