/* Trees are removed, and looked through, without following links. */
#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/scope.h"
#include "store/tree.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static void put_file (int dirfd, const char *name)
{
    scoped_fd int fd = openat (dirfd, name, O_WRONLY | O_CREAT, 0600);

    if (fd < 0)
        perror (name);
}

static bool is_there (int dirfd, const char *name)
{
    return faccessat (dirfd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

// A chain of 'depth' directories of mode 'mode', each with a file.
static void make_deep (int dirfd, const char *name, int depth, mode_t mode)
{
    int fd = dirfd;

    for (int i = 0; i < depth; i++) {
        int next;

        mkdirat (fd, i ? "d" : name, 0700);
        next = openat (fd, i ? "d" : name, O_RDONLY | O_DIRECTORY);
        put_file (next, "file");
        if (i)
            fchmod (fd, mode);
        if (fd != dirfd)
            close (fd);
        fd = next;
    }
    fchmod (fd, mode);
    if (fd != dirfd)
        close (fd);
}

static void test_links (int dirfd)
{
    struct err err = {0};

    mkdirat (dirfd, "outside", 0700);
    put_file (dirfd, "outside/file");
    mkdirat (dirfd, "tree", 0700);
    symlinkat ("../outside", dirfd, "tree/link");
    symlinkat ("outside", dirfd, "link");
    ok (tree_remove (dirfd, "tree", &err) == 0 && !is_there (dirfd, "tree"),
        "a tree with a link to a directory");
    ok (tree_remove (dirfd, "link", &err) == 0 && !is_there (dirfd, "link"),
        "a link to a directory");
    ok (is_there (dirfd, "outside/file"), "links were not followed");
    ok (tree_remove (dirfd, "link", &err) == 0, "nothing there is no error");
    put_file (dirfd, "file");
    ok (tree_remove (dirfd, "file", &err) == 0 && !is_there (dirfd, "file"),
        "a file");
}

static void test_deep (int dirfd, mode_t mode, const char *what)
{
    struct err err = {0};

    make_deep (dirfd, "deep", 1500, mode);
    ok (tree_remove (dirfd, "deep", &err) == 0 && !is_there (dirfd, "deep"),
        what);
    if (err.text[0])
        printf ("# %s\n", err.text);
}

static void test_check (int dirfd)
{
    struct err err = {0};

    mkdirat (dirfd, "tree", 0700);
    mkdirat (dirfd, "tree/a", 0700);
    mkdirat (dirfd, "tree/a/locked", 0500);
    symlinkat ("/", dirfd, "tree/link");
    if (geteuid () == 0) {
        printf ("# root: locked directories are not locked\n");
        ok (tree_check (dirfd, "tree", &err) == 0, "root may");
    } else {
        ok (tree_check (dirfd, "tree", &err) == -1 && err.code == EACCES,
            "a locked directory is found");
        ok (strstr (err.text, "'locked'") != NULL, "and named");
    }
    fchmodat (dirfd, "tree/a/locked", 0700, 0);
    ok (tree_check (dirfd, "tree", &err) == 0, "one that is not locked");
    ok (tree_check (dirfd, "nothing", &err) == 0, "nothing there");
    tree_remove (dirfd, "tree", NULL);
}

int main (void)
{
    const struct rlimit few = {.rlim_cur = 128, .rlim_max = 128};
    char *path = temp_make ();
    scoped_fd int dirfd = open (path, O_RDONLY | O_DIRECTORY);

    setrlimit (RLIMIT_NOFILE, &few);
    test_links (dirfd);
    test_deep (dirfd, 0700, "1500 levels with 128 descriptors");
    test_deep (dirfd, 0000, "1500 levels of mode 000");
    test_deep (dirfd, 0500, "1500 levels of mode 500");
    test_check (dirfd);
    temp_remove (path);
    return tap_done ();
}
