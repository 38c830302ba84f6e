/* stage.c - private directories in which things are made
 *
 * A stage is named by its owner, so that whoever begins the next one can tell
 * the stages of the living from those of the dead and remove the latter.  Its
 * removal cannot be refused by what is in it: strangers' directory modes and
 * depths are the business of tree.c.
 *
 * Nothing is published half: a rename puts a synced thing in its place, then
 * the directory that holds it is synced.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/mem.h"
#include "store/owner.h"
#include "store/stage.h"
#include "store/tree.h"

enum {
    BEGIN_TRIES = 1000, // stages of one process at a time
};

// Open directory 'name' for reading; made when it is missing.
static int open_or_make (int dirfd, const char *name)
{
    int fd = openat (dirfd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0 || errno != ENOENT)
        return fd;
    if (mkdirat (dirfd, name, 0777) < 0 && errno != EEXIST)
        return -1;
    return openat (dirfd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static bool same_filesystem (int a_fd, int b_fd)
{
    struct stat a, b;

    return fstat (a_fd, &a) == 0 && fstat (b_fd, &b) == 0 &&
           a.st_dev == b.st_dev;
}

static int open_stages (const struct repo *repo, int target_dirfd)
{
    bool at_top = repo->top_fd >= 0 &&
                  same_filesystem (repo->top_fd, target_dirfd);
    scoped_fd int own_fd = open_or_make (at_top ? repo->top_fd : target_dirfd,
                                         ".udocker");

    if (own_fd < 0)
        return -1;
    return open_or_make (own_fd, "stage");
}

/* What cannot be removed is left for the next one: it is no reason not to
 * begin. */
static void collect_dead (int stages_fd)
{
    int fd = openat (stages_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        fd_closep (&fd);
        return;
    }
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (owner_is_dead (entry->d_name))
            tree_remove (stages_fd, entry->d_name, NULL);
    }
}

static int make_own_dir (struct stage *stage)
{
    scoped_free char *owner = owner_self ();

    for (int i = 0; i < BEGIN_TRIES; i++) {
        stage->name = xasprintf ("%s:%d", owner, i);
        if (mkdirat (stage->stages_fd, stage->name, 0700) == 0) {
            stage->dirfd = openat (stage->stages_fd, stage->name,
                                   O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            return stage->dirfd < 0 ? -1 : 0;
        }
        free (ptr_take (&stage->name));
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

struct stage *stage_begin (const struct repo *repo, int target_dirfd,
                           struct err *err)
{
    scoped_stage struct stage *stage = xcalloc (1, sizeof (*stage));

    stage->dirfd = -1;
    stage->stages_fd = open_stages (repo, target_dirfd);
    if (stage->stages_fd >= 0)
        collect_dead (stage->stages_fd);
    if (stage->stages_fd < 0 || make_own_dir (stage) < 0)
        return err_null (err, errno, "cannot make a directory in '%s/.udocker'",
                         repo->paths.topdir);
    return ptr_take (&stage);
}

void stage_end (struct stage *stage)
{
    int saved_errno = errno;

    if (!stage)
        return;
    fd_closep (&stage->dirfd);
    if (stage->name)
        tree_remove (stage->stages_fd, stage->name, NULL);
    fd_closep (&stage->stages_fd);
    free (stage->name);
    free (stage);
    errno = saved_errno;
}

int stage_write (struct stage *stage, const char *path, const void *bytes,
                 size_t n, struct err *err)
{
    scoped_fd int fd = openat (stage->dirfd, path,
                               O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0 || io_write_all (fd, bytes, n) < 0 || fsync (fd) < 0)
        return err_set (err, errno, "cannot write '%s'", path);
    return 0;
}

int stage_sync (struct stage *stage, struct err *err)
{
    if (syncfs (stage->dirfd) < 0)
        return err_set (err, errno, "cannot sync the repository to disk");
    return 0;
}

int stage_publish (struct stage *stage, const char *path, int to_dirfd,
                   const char *name, struct err *err)
{
    if (renameat (stage->dirfd, path, to_dirfd, name) < 0 ||
        io_sync_dir (to_dirfd) < 0)
        return err_set (err, errno, "cannot put '%s' in place", name);
    return 0;
}

int stage_discard (struct stage *stage, int from_dirfd, const char *name,
                   struct err *err)
{
    for (int i = 0; i < BEGIN_TRIES; i++) {
        scoped_free char *path = xasprintf ("discarded.%d", i);

        // a file would replace a file
        if (faccessat (stage->dirfd, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            continue;
        if (renameat (from_dirfd, name, stage->dirfd, path) == 0)
            return 0;
        break;
    }
    return err_set (err, errno, "cannot remove '%s'", name);
}
