/* Repositories are made, opened, and refused with a remedy. */
#include <errno.h>
#include <sys/stat.h>

#include "store/repo.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static bool exists (const char *top, const char *name)
{
    scoped_free char *path = xasprintf ("%s/%s", top, name);

    return access (path, F_OK) == 0;
}

static void test_create (const char *top)
{
    struct repo_paths paths = {.topdir = xasprintf ("%s/a/b", top)};
    struct err err = {0};

    ok (!repo_open (&paths, &err), "what is not there is not opened");
    ok (strstr (err.text, "'udocker install' makes one"), "with the remedy");
    ok (err.code == ENOENT, "and the code");
    ok (repo_create (&paths, &err) == 0, "made");
    ok (repo_create (&paths, &err) == 0, "made again");
    static const char *const names[] = {"bin",
                                        "lib",
                                        "doc",
                                        "repos",
                                        "layers",
                                        "containers",
                                        ".udocker/locks",
                                        ".udocker/stage",
                                        ".udocker/cache"};
    for (size_t i = 0; i < sizeof (names) / sizeof (names[0]); i++)
        ok (exists (paths.topdir, names[i]), names[i]);

    scoped_repo struct repo *repo = repo_open (&paths, &err);

    ok (repo && repo->top_fd >= 0 && repo->repos_fd >= 0 &&
            repo->layers_fd >= 0 && repo->containers_fd >= 0,
        "opened");
    ok (!paths.reposdir, "the caller's paths are left alone");
    repo_paths_clear (&paths);
}

static void test_elsewhere (const char *top)
{
    struct repo_paths paths = {.topdir = xasprintf ("%s/t", top),
                               .layersdir = xasprintf ("%s/l", top)};
    struct err err = {0};

    ok (repo_create (&paths, &err) == 0 && exists (top, "l") &&
            !exists (top, "t/layers"),
        "layers elsewhere");
    scoped_repo struct repo *repo = repo_open (&paths, &err);
    ok (repo != NULL, "and opened");
    repo_paths_clear (&paths);
}

static void test_refused (const char *top)
{
    struct repo_paths paths = {.topdir = xasprintf ("%s/file", top)};
    struct err err = {0};
    int fd = open (paths.topdir, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

    close (fd);
    ok (repo_create (&paths, &err) == -1 && strstr (err.text, paths.topdir),
        "a file in its place");
    repo_paths_clear (&paths);
}

int main (void)
{
    char *top = temp_make ();

    test_create (top);
    test_elsewhere (top);
    test_refused (top);
    temp_remove (top);
    return tap_done ();
}
