/* repo.c - where a repository is, making one and opening one
 *
 * Opening costs four open calls and reads nothing, since every rank of a job
 * does it.  What is in the repository is the business of the other files of
 * this folder; own files live in topdir/.udocker, which udocker ignores.
 */
#include <errno.h>
#include <fcntl.h>

#include "base/io.h"
#include "base/mem.h"
#include "store/repo.h"

static void complete (char **path, const char *topdir, const char *name)
{
    if (!*path)
        *path = xasprintf ("%s/%s", topdir, name);
}

void repo_paths_complete (struct repo_paths *paths)
{
    complete (&paths->bindir, paths->topdir, "bin");
    complete (&paths->libdir, paths->topdir, "lib");
    complete (&paths->docdir, paths->topdir, "doc");
    complete (&paths->reposdir, paths->topdir, "repos");
    complete (&paths->layersdir, paths->topdir, "layers");
    complete (&paths->containersdir, paths->topdir, "containers");
}

void repo_paths_clear (struct repo_paths *paths)
{
    free (paths->topdir);
    free (paths->bindir);
    free (paths->libdir);
    free (paths->docdir);
    free (paths->reposdir);
    free (paths->layersdir);
    free (paths->containersdir);
    *paths = (struct repo_paths){0};
}

static void paths_copy (struct repo_paths *to, const struct repo_paths *from)
{
    *to = (struct repo_paths){
        .topdir = xstrdup (from->topdir),
        .bindir = xstrdup (from->bindir),
        .libdir = xstrdup (from->libdir),
        .docdir = xstrdup (from->docdir),
        .reposdir = xstrdup (from->reposdir),
        .layersdir = xstrdup (from->layersdir),
        .containersdir = xstrdup (from->containersdir),
    };
    repo_paths_complete (to);
}

static int create_own (const char *topdir, struct err *err)
{
    static const char *const names[] = {"locks", "stage", "cache"};

    for (size_t i = 0; i < sizeof (names) / sizeof (names[0]); i++) {
        scoped_free char *path = xasprintf ("%s/.udocker/%s", topdir, names[i]);

        if (io_mkdir_p (path, err) < 0)
            return -1;
    }
    return 0;
}

int repo_create (const struct repo_paths *paths, struct err *err)
{
    struct repo_paths all;
    int result = 0;

    paths_copy (&all, paths);
    const char *const dirs[] = {all.topdir,        all.reposdir, all.layersdir,
                                all.containersdir, all.bindir,   all.libdir,
                                all.docdir};

    for (size_t i = 0; i < sizeof (dirs) / sizeof (dirs[0]); i++) {
        result = io_mkdir_p (dirs[i], err);
        if (result < 0)
            break;
    }
    if (result == 0)
        result = create_own (all.topdir, err);
    repo_paths_clear (&all);
    return result;
}

static int open_dir (const char *path)
{
    return open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static int open_part (const struct repo *repo, const char *path, int *dirfd,
                      struct err *err)
{
    *dirfd = open_dir (path);
    if (*dirfd >= 0)
        return 0;
    err_set (err, errno, "'%s' is no udocker repository: cannot open '%s'",
             repo->paths.topdir, path);
    if (errno == ENOENT)
        err_hint (err, "'udocker install' makes one");
    return -1;
}

struct repo *repo_open (const struct repo_paths *paths, struct err *err)
{
    scoped_repo struct repo *repo = xcalloc (1, sizeof (*repo));

    repo->repos_fd = repo->layers_fd = repo->containers_fd = -1;
    paths_copy (&repo->paths, paths);
    // the other directories may all be elsewhere
    repo->top_fd = open_dir (repo->paths.topdir);
    if (open_part (repo, repo->paths.reposdir, &repo->repos_fd, err) < 0 ||
        open_part (repo, repo->paths.layersdir, &repo->layers_fd, err) < 0 ||
        open_part (repo, repo->paths.containersdir, &repo->containers_fd, err) <
            0)
        return NULL;
    return ptr_take (&repo);
}

void repo_close (struct repo *repo)
{
    if (!repo)
        return;
    fd_closep (&repo->top_fd);
    fd_closep (&repo->repos_fd);
    fd_closep (&repo->layers_fd);
    fd_closep (&repo->containers_fd);
    repo_paths_clear (&repo->paths);
    free (repo);
}
