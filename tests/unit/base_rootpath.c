/* The one way below a root, with openat2 and (run under deny) without. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static int top; // the scratch directory; "root" in it is the root

static void make_tree (void)
{
    static const char *const links[][2] = {
        {"/etc", "root/abs"},           {"../../../../etc", "root/up"},
        {"etc/file", "root/rel"},       {"loop2", "root/loop1"},
        {"loop1", "root/loop2"},        {"/gone/x", "root/dangling"},
        {"../outside", "root/etc/out"}, {"/a/b", "root/deep"},
        {"..", "root/a/b/dotdot"},
    };

    mkdirat (top, "root", 0755);
    mkdirat (top, "root/etc", 0755);
    mkdirat (top, "root/a", 0755);
    mkdirat (top, "root/a/b", 0755);
    io_replace_file (top, "root/etc/file", "inside", 0644, NULL);
    io_replace_file (top, "root/a/b/f", "deep", 0644, NULL);
    io_replace_file (top, "outside", "outside", 0644, NULL);
    for (size_t i = 0; i < sizeof (links) / sizeof (links[0]); i++)
        if (symlinkat (links[i][0], top, links[i][1]) < 0)
            perror (links[i][1]);
}

// What 'cpath' holds: the text of the file, or the name of the errno.
static const char *content (int root, const char *cpath)
{
    static char text[64];
    scoped_fd int fd = rootpath_open (root, cpath, O_RDONLY, 0, NULL);
    ssize_t n;

    if (fd < 0)
        return strerror (errno);
    n = io_read_full (fd, text, sizeof (text) - 1);
    text[n < 0 ? 0 : n] = '\0';
    return text;
}

static void test_reads (int root)
{
    static const struct {
        const char *cpath;
        const char *want;
    } cases[] = {
        {"/etc/file", "inside"},
        {"etc/file", "inside"},
        {"abs/file", "inside"},
        {"up/file", "inside"},
        {"rel", "inside"},
        {"../../etc/file", "inside"},
        {"/a/b/../../etc//./file", "inside"},
        {"a/b/dotdot/b/f", "deep"},
        {"deep/dotdot/../deep/f", "deep"},
        {"../outside", "No such file or directory"},
        {"etc/out", "No such file or directory"},
        {"dangling", "No such file or directory"},
        {"loop1", "Too many levels of symbolic links"},
        {"etc/file/x", "Not a directory"},
        {"nowhere/x", "No such file or directory"},
    };

    for (size_t i = 0; i < sizeof (cases) / sizeof (cases[0]); i++)
        is_str (content (root, cases[i].cpath), cases[i].want, cases[i].cpath);
}

static void test_create (int root)
{
    scoped_fd int fd = rootpath_open (root, "../new", O_WRONLY | O_CREAT, 0640,
                                      NULL);
    struct stat st;

    ok (fd >= 0, "a new file is made");
    ok (fstatat (top, "root/new", &st, 0) == 0, "  below the root");
    ok ((st.st_mode & 0777) == (0640 & ~022), "  with its mode");
    ok (rootpath_open (root, "rel", O_WRONLY | O_CREAT | O_EXCL, 0644, NULL) <
            0,
        "O_EXCL does not follow a link");
    ok (errno == EEXIST, "  which is in the way");
    ok (rootpath_open (root, "rel", O_RDONLY | O_NOFOLLOW, 0, NULL) < 0 &&
            errno == ELOOP,
        "O_NOFOLLOW refuses a link");
}

static void test_parent (int root)
{
    struct err err = {0};
    const char *name;
    scoped_fd int fd = rootpath_open_parent (root, "abs/new", &name, &err);
    struct stat a, b;

    is_str (name, "new", "the last part");
    ok (fstat (fd, &a) == 0 && fstatat (top, "root/etc", &b, 0) == 0 &&
            a.st_ino == b.st_ino,
        "  and the directory that holds it");
    fd_closep (&fd);
    fd = rootpath_open_parent (root, "/etc/", &name, &err);
    ok (strncmp (name, "etc", 3) == 0, "a trailing slash is no part");
    fd_closep (&fd);
    fd = rootpath_open_parent (root, "/", &name, &err);
    is_str (name, ".", "the root is in itself");
    ok (rootpath_open_parent (root, "none/x", &name, &err) == -1,
        "a missing parent is an error");
    is_str (err.text,
            "cannot open '/none/' in the container: No such file or directory",
            "  that names it");
}

int main (void)
{
    char *dir = temp_make ();
    scoped_fd int root = -1;

    umask (022);
    top = open (dir, O_RDONLY | O_DIRECTORY);
    make_tree ();
    root = openat (top, "root", O_PATH | O_DIRECTORY);
    test_reads (root);
    test_create (root);
    test_parent (root);
    temp_remove (dir);
    return tap_done ();
}
