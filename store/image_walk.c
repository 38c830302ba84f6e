/* image_walk.c - every tag of a repository, every link of a tag
 *
 * Names of images nest ("127.0.0.1:5000/library/x"), and a tag is the
 * directory that has a file TAG.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/image_walk.h"

enum {
    MAX_DEPTH = 64 // parts of a name
};

// One walk.
struct walk {
    image_walk_f *visit; // called for each tag
    void *arg;           // its first argument
    struct err *err;     // the caller's
};

static int walk_dir (const struct walk *walk, int dirfd, const char *path,
                     int depth);

static bool may_be_dir (const struct dirent *entry)
{
    // names with a dot in front are ours
    return entry->d_name[0] != '.' &&
           (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN);
}

static int walk_entry (const struct walk *walk, int dirfd, const char *above,
                       const char *name, int depth)
{
    scoped_fd int fd = openat (dirfd, name,
                               O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    scoped_free char *path = NULL;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return 0;
    if (fd < 0)
        return err_set (walk->err, errno, "cannot open '%s'", name);
    path = xasprintf ("%s%s%s", above, *above ? "/" : "", name);
    if (faccessat (fd, "TAG", F_OK, 0) == 0)
        return walk->visit (walk->arg, path, fd, walk->err);
    return depth < MAX_DEPTH ? walk_dir (walk, fd, path, depth + 1) : 0;
}

static int walk_dir (const struct walk *walk, int dirfd, const char *path,
                     int depth)
{
    int fd = openat (dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        err_set (walk->err, errno, "cannot read 'repos/%s'", path);
        fd_closep (&fd);
        return -1;
    }
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (may_be_dir (entry) &&
            walk_entry (walk, fd, path, entry->d_name, depth) < 0)
            return -1;
    }
    return 0;
}

int image_walk (const struct repo *repo, image_walk_f *visit, void *arg,
                struct err *err)
{
    struct walk walk = {.visit = visit, .arg = arg, .err = err};

    return walk_dir (&walk, repo->repos_fd, "", 0);
}

static void add_link (int dirfd, const char *name, struct strlist *blobs)
{
    char target[PATH_MAX];
    ssize_t n = readlinkat (dirfd, name, target, sizeof (target) - 1);
    const char *slash;

    if (n < 0)
        return; // no link
    target[n] = '\0';
    slash = strrchr (target, '/');
    slash = slash ? slash + 1 : target;
    if (*slash && *slash != '.')
        strlist_add (blobs, slash);
}

int image_links (int tag_dirfd, struct strlist *blobs, struct err *err)
{
    int fd = openat (tag_dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        err_set (err, errno, "cannot read an image's directory");
        fd_closep (&fd);
        return -1;
    }
    for (entry = readdir (dir); entry; entry = readdir (dir))
        add_link (fd, entry->d_name, blobs);
    return 0;
}
