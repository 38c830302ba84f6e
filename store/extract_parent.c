/* extract_parent.c - the directory that a member goes into
 *
 * A tar lists a directory's members one after the other, so the descriptor of
 * the last one is kept: one member costs one lookup of one name.  Whatever a
 * member replaces lies inside its own directory, so the descriptor kept never
 * is of something removed.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "store/extract_impl.h"

enum {
    MAX_LINKS = 40 // dangling links followed while making directories
};

static int open_dir (struct extract *extract, const char *path, struct err *err)
{
    return rootpath_open (extract->root_dirfd, path, O_PATH | O_DIRECTORY, 0,
                          err);
}

/* The place that dangling link 'name' in 'parent_fd', which is 'path', means:
 * a path for rootpath_open.  NULL when it is no link. */
static char *link_target (int parent_fd, const char *name, const char *path)
{
    scoped_free char *target = io_read_link (parent_fd, name);

    if (!target || target[0] == '/')
        return ptr_take (&target);
    return xasprintf ("%.*s%s", (int)(strlen (path) - strlen (name)), path,
                      target);
}

/* Open directory 'path', made with those above it when it is missing.  'path'
 * has no slash at its end. */
static int make_dirs (struct extract *extract, const char *path, int n_links,
                      struct err *err)
{
    struct err missing;
    int fd = open_dir (extract, path, &missing);
    const char *slash = strrchr (path, '/');
    scoped_free char *above = NULL;
    scoped_free char *target = NULL;
    scoped_fd int above_fd = -1;

    if (fd >= 0)
        return fd;
    if (missing.code != ENOENT || n_links > MAX_LINKS) {
        if (err)
            *err = missing;
        return -1;
    }
    above = xstrndup (path, slash ? (size_t)(slash - path) : 0);
    above_fd = make_dirs (extract, *above ? above : "/", n_links, err);
    if (above_fd < 0)
        return -1;
    slash = slash ? slash + 1 : path;
    if (mkdirat (above_fd, slash, 0755) == 0)
        return open_dir (extract, path, err);
    if (errno == EEXIST)
        target = link_target (above_fd, slash, path);
    if (!target)
        return err_set (err, errno, "cannot create directory '%s'", path);
    return make_dirs (extract, target, n_links + 1, err);
}

void extract_parent_forget (struct extract *extract)
{
    fd_closep (&extract->parent_fd);
}

int extract_parent (struct extract *extract, const char *path, bool make,
                    const char **base, struct err *err)
{
    const char *slash = strrchr (path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;
    char *parent = extract->parent;

    *base = slash ? slash + 1 : path;
    if (extract->parent_fd >= 0 && strncmp (parent, path, len) == 0 &&
        parent[len] == '\0')
        return extract->parent_fd;
    extract_parent_forget (extract);
    memcpy (parent, path, len);
    parent[len] = '\0';
    extract->parent_fd = make ? make_dirs (extract, len ? parent : "/", 0, err)
                              : open_dir (extract, len ? parent : "/", err);
    return extract->parent_fd;
}
