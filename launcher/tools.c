/* tools.c - udocker's tools, unpacked and removed
 *
 * Nothing here needs them: they serve configurations that force an external
 * engine.  The tarball is unpacked in a stage, by the function that applies
 * layers, so it cannot reach anything else; then its files are moved.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/rootpath.h"
#include "launcher/tools.h"
#include "launcher/tools_fetch.h"
#include "store/extract.h"
#include "store/stage.h"
#include "store/tree.h"

static const char *const part_names[] = {"bin", "lib", "doc"};

enum { N_PARTS = 3 };

static void part_paths (const struct repo_paths *paths,
                        const char *parts[N_PARTS])
{
    parts[0] = paths->bindir;
    parts[1] = paths->libdir;
    parts[2] = paths->docdir;
}

static bool is_dots (const char *name)
{
    return strcmp (name, ".") == 0 || strcmp (name, "..") == 0;
}

// What to do with one entry of a directory.
typedef int (*entry_f) (int dirfd, const char *name, int to_dirfd,
                        struct err *err);

// 'dirfd' is open for reading, and closed here.
static int each_entry (int dirfd, entry_f take, int to_dirfd, struct err *err)
{
    scoped_dir DIR *dir = fdopendir (dirfd);
    const struct dirent *entry;

    if (!dir) {
        close (dirfd);
        return err_set (err, errno, "cannot read a directory");
    }
    for (entry = readdir (dir); entry; entry = readdir (dir))
        if (!is_dots (entry->d_name) &&
            take (dirfd, entry->d_name, to_dirfd, err) < 0)
            return -1;
    return 0;
}

static int remove_entry (int dirfd, const char *name, int to_dirfd,
                         struct err *err)
{
    (void)to_dirfd;
    return tree_remove (dirfd, name, err);
}

// A file replaces a file at once; where a directory is involved, it goes first.
static int move_entry (int dirfd, const char *name, int to_dirfd,
                       struct err *err)
{
    if (renameat (dirfd, name, to_dirfd, name) == 0)
        return 0;
    if (errno == EXDEV) {
        err_set (err, errno, "cannot install '%s'", name);
        return err_hint (err, "bin, lib and doc must be on one filesystem");
    }
    if (tree_remove (to_dirfd, name, err) < 0)
        return -1;
    if (renameat (dirfd, name, to_dirfd, name) < 0)
        return err_set (err, errno, "cannot install '%s'", name);
    return 0;
}

/* The stage is looked into as into a foreign root: a link in the tarball leads
 * to no other place. */
static int move_part (int stage_dirfd, const char *name, const char *to_path,
                      struct err *err)
{
    scoped_free char *from = xasprintf ("udocker_dir/%s", name);
    int from_dirfd = rootpath_open (stage_dirfd, from, O_RDONLY | O_DIRECTORY,
                                    0, NULL);
    scoped_fd int to_dirfd = -1;

    if (from_dirfd < 0)
        return 0; // not every tarball has all parts
    to_dirfd = open (to_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (to_dirfd < 0) {
        close (from_dirfd);
        return err_set (err, errno, "cannot open '%s'", to_path);
    }
    return each_entry (from_dirfd, move_entry, to_dirfd, err);
}

static int check_content (int stage_dirfd, const char *source, struct err *err)
{
    scoped_fd int fd = rootpath_open (stage_dirfd, "udocker_dir/bin",
                                      O_PATH | O_DIRECTORY, 0, NULL);

    if (fd >= 0)
        return 0;
    return err_set (err, 0,
                    "'%s' is not a tarball of udocker's tools: it has no "
                    "udocker_dir/bin",
                    source);
}

static int install_one (const struct config *config, const struct repo *repo,
                        const char *source, struct err *err)
{
    scoped_fd int bin_fd = open (repo->paths.bindir,
                                 O_PATH | O_DIRECTORY | O_CLOEXEC);
    scoped_stage struct stage *stage = NULL;
    scoped_fd int tarball_fd = -1;
    struct extract_report report = {0};
    const char *parts[N_PARTS];

    if (bin_fd < 0)
        return err_set (err, errno, "cannot open '%s'", repo->paths.bindir);
    stage = stage_begin (repo, bin_fd, err);
    if (!stage)
        return -1;
    tarball_fd = tools_fetch (config, source, stage->dirfd, err);
    if (tarball_fd < 0)
        return -1;
    if (extract_layer (stage->dirfd, tarball_fd, &report, err) < 0)
        return err_prefix (err, "tarball '%s'", source);
    if (check_content (stage->dirfd, source, err) < 0)
        return -1;
    part_paths (&repo->paths, parts);
    for (int i = 0; i < N_PARTS; i++)
        if (move_part (stage->dirfd, part_names[i], parts[i], err) < 0)
            return -1;
    return 0;
}

int tools_install (const struct config *config, const struct repo *repo,
                   const char *sources, struct err *err)
{
    const char *at = sources + strspn (sources, " \t\n");

    err_set (err, 0, "no tarball is named");
    while (*at) {
        size_t len = strcspn (at, " \t\n");
        scoped_free char *source = xstrndup (at, len);

        if (install_one (config, repo, source, err) == 0)
            return 0;
        at += len + strspn (at + len, " \t\n");
    }
    return -1;
}

bool tools_are_installed (const struct repo_paths *paths)
{
    scoped_free char *path = xasprintf ("%s/VERSION", paths->libdir);

    return access (path, F_OK) == 0;
}

static int purge_part (const char *path, struct err *err)
{
    int dirfd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (dirfd < 0)
        return err_set (err, errno, "cannot open '%s'", path);
    return each_entry (dirfd, remove_entry, -1, err);
}

int tools_purge (const struct repo_paths *paths, struct err *err)
{
    const char *parts[N_PARTS];
    size_t len = strlen (paths->topdir);

    part_paths (paths, parts);
    for (int i = 0; i < N_PARTS; i++) {
        bool is_own = strncmp (parts[i], paths->topdir, len) == 0 &&
                      parts[i][len] == '/';

        if (is_own && purge_part (parts[i], err) < 0)
            return -1;
    }
    return 0;
}
