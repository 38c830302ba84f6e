/* tagdir.c - the directory that makes an image known by name and tag
 *
 * A new one is made in the stage and renamed into place.  One that exists is
 * changed in place, since few network filesystems can exchange two
 * directories: first the links to the new blobs are added, then the manifest is
 * renamed over the old one, which is the moment at which the tag changes, then
 * what belonged to the old image goes.  At every moment the manifest that is
 * there has its links.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/strbuf.h"
#include "store/stage.h"
#include "store/tagdir.h"

enum {
    TRIES = 16, // when others remove a directory that we have just made
};

// What a tag can have beside TAG, PROTECT and links, in both forms.
static const char *const known_files[] = {"v1", "v2", "manifest", "ancestry",
                                          "container.json"};

struct tagdir {
    const struct repo *repo;
    const struct reference *ref;
    const struct tagdir_file *files; // a row without a name ends them
    const struct strlist *blobs;
    struct stage *stage; // for repos/
};

static bool exists (int dirfd, const char *name)
{
    return faccessat (dirfd, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

// A "../" for each part of 'path'.
static void add_ups (struct strbuf *ups, const char *path)
{
    const char *at = path + strspn (path, "/");

    while (*at) {
        strbuf_adds (ups, "../");
        at += strcspn (at, "/");
        at += strspn (at, "/");
    }
}

/* Path of 'to' as seen from directory 'from', by their names alone: both are
 * absolute. */
static char *relative_path (const char *from, const char *to)
{
    scoped_strbuf struct strbuf path;
    size_t n = 0, at = 0;

    while (from[at] && from[at] == to[at]) {
        at++;
        if (from[at - 1] == '/')
            n = at;
    }
    if (!from[at] && to[at] == '/')
        n = at + 1;
    strbuf_init (&path, 1 << 16);
    if (n < strlen (from))
        add_ups (&path, from + n);
    strbuf_adds (&path, to + n);
    return strbuf_detach (&path);
}

static char *tag_path (const struct tagdir *tag)
{
    return xasprintf ("%s/%s/%s", tag->repo->paths.reposdir, tag->ref->name,
                      reference_dir (tag->ref));
}

static int add_links (const struct tagdir *tag, int dirfd, struct err *err)
{
    scoped_free char *from = tag_path (tag);

    for (size_t i = 0; i < tag->blobs->n; i++) {
        const char *name = tag->blobs->items[i];
        scoped_free char *to = xasprintf ("%s/%s", tag->repo->paths.layersdir,
                                          name);
        scoped_free char *path = relative_path (from, to);

        if (symlinkat (path, dirfd, name) < 0 && errno != EEXIST)
            return err_set (err, errno, "cannot make link '%s' in '%s'", name,
                            from);
    }
    return 0;
}

static int write_file (const struct tagdir *tag, const char *prefix,
                       const struct tagdir_file *file, struct err *err)
{
    scoped_free char *path = xasprintf ("%s%s", prefix, file->name);

    return stage_write (tag->stage, path, file->text, file->n_bytes, err);
}

// Write the tag's files into the stage; 'prefix' stands before their names.
static int write_files (const struct tagdir *tag, const char *prefix,
                        struct err *err)
{
    scoped_free char *label = xasprintf ("%s/%s:%s", tag->repo->paths.reposdir,
                                         tag->ref->name,
                                         reference_dir (tag->ref));
    const struct tagdir_file first = {"TAG", label, strlen (label)};

    if (write_file (tag, prefix, &first, err) < 0)
        return -1;
    for (const struct tagdir_file *file = tag->files; file->name; file++) {
        if (write_file (tag, prefix, file, err) < 0)
            return -1;
    }
    return 0;
}

// Make the whole directory as "tag" of the stage.
static int make (const struct tagdir *tag, struct err *err)
{
    scoped_fd int dirfd = -1;

    if (mkdirat (tag->stage->dirfd, "tag", 0777) == 0)
        dirfd = openat (tag->stage->dirfd, "tag",
                        O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dirfd < 0)
        return err_set (err, errno, "cannot make a directory in the stage");
    if (write_files (tag, "tag/", err) < 0 || add_links (tag, dirfd, err) < 0)
        return -1;
    if (fsync (dirfd) < 0 && errno != EINVAL)
        return err_set (err, errno, "cannot write the tag");
    return 0;
}

static bool is_wanted (const struct tagdir *tag, const char *name)
{
    return strlist_find (tag->blobs, name) >= 0;
}

static bool has_file (const struct tagdir *tag, const char *name)
{
    const struct tagdir_file *file = tag->files;

    while (file->name && strcmp (file->name, name) != 0)
        file++;
    return file->name != NULL;
}

// Remove what belonged to another image: its links, and what its form has.
static int remove_stale (const struct tagdir *tag, int dirfd, struct err *err)
{
    int fd = openat (dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;
    struct stat st;

    for (size_t i = 0; i < sizeof (known_files) / sizeof (known_files[0]); i++)
        if (!has_file (tag, known_files[i]))
            unlinkat (dirfd, known_files[i], 0);
    if (!dir)
        return err_set (err, errno, "cannot read the old tag");
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (fstatat (dirfd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISLNK (st.st_mode) && !is_wanted (tag, entry->d_name))
            unlinkat (dirfd, entry->d_name, 0);
    }
    return 0;
}

static int change (const struct tagdir *tag, int dirfd, struct err *err)
{
    const struct tagdir_file *file = tag->files;

    if (write_files (tag, "", err) < 0 || add_links (tag, dirfd, err) < 0 ||
        stage_publish (tag->stage, "TAG", dirfd, "TAG", err) < 0)
        return -1;
    for (; file->name; file++) {
        if (stage_publish (tag->stage, file->name, dirfd, file->name, err) < 0)
            return -1;
    }
    return remove_stale (tag, dirfd, err);
}

// Open directory 'part' below 'dirfd', made when it is missing.
static int enter (int dirfd, const char *part)
{
    if (mkdirat (dirfd, part, 0777) < 0 && errno != EEXIST)
        return -1;
    return openat (dirfd, part, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Open repos/NAME, made where it is missing.  An image may not lie in the
 * directory of another's tag: udocker would not see it. */
static int open_name (const struct tagdir *tag, struct err *err)
{
    scoped_free char *name = xstrdup (tag->ref->name);
    scoped_fd int fd = -1;
    char *at = name;

    while (at) {
        char *part = strsep (&at, "/");
        int next_fd = enter (fd < 0 ? tag->repo->repos_fd : fd, part);

        if (next_fd < 0)
            return err_set (err, errno, "cannot make directory '%s/%s'",
                            tag->repo->paths.reposdir, tag->ref->name);
        fd_closep (&fd);
        fd = next_fd;
        if (exists (fd, "TAG"))
            return err_set (err, 0,
                            "an image with tag '%s' is in the way of the name "
                            "'%s' (remove it, or choose another name)",
                            part, tag->ref->name);
    }
    return fd_take (&fd);
}

// Change the tag 'name' below 'name_fd', which exists.
static int change_existing (const struct tagdir *tag, int name_fd,
                            const char *name, struct err *err)
{
    scoped_fd int dirfd = openat (name_fd, name,
                                  O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (dirfd < 0)
        return err_set (err, errno, "cannot open tag '%s'", name);
    if (!exists (dirfd, "TAG"))
        return err_set (err, 0,
                        "tag '%s' is in the way of other images, whose "
                        "names begin with '%s/%s'",
                        name, tag->ref->name, name);
    return change (tag, dirfd, err);
}

static int try_publish (const struct tagdir *tag, struct err *err)
{
    const char *name = reference_dir (tag->ref);
    scoped_fd int name_fd = open_name (tag, err);
    struct err why = {0};

    if (name_fd < 0)
        return -1;
    if (stage_publish (tag->stage, "tag", name_fd, name, &why) == 0)
        return 0;
    if (why.code == ENOTEMPTY || why.code == EEXIST)
        return change_existing (tag, name_fd, name, err);
    *err = why;
    return -1;
}

static int publish (const struct tagdir *tag, struct err *err)
{
    struct err why = {0};

    for (int i = 0; i < TRIES; i++) {
        why = (struct err){0};
        if (try_publish (tag, &why) == 0)
            return 0;
        if (why.code != ENOENT)
            break;
    }
    if (err)
        *err = why;
    return -1;
}

int tagdir_publish_files (const struct repo *repo, const struct reference *ref,
                          const struct tagdir_file *files,
                          const struct strlist *blobs, struct err *err)
{
    scoped_stage struct stage *stage = stage_begin (repo, repo->repos_fd, err);
    const struct tagdir tag = {
        .repo = repo,
        .ref = ref,
        .files = files,
        .blobs = blobs,
        .stage = stage,
    };

    if (!stage || make (&tag, err) < 0)
        return -1;
    return publish (&tag, err);
}

int tagdir_publish (const struct repo *repo, const struct reference *ref,
                    const char *manifest, size_t n_bytes,
                    const struct strlist *blobs, struct err *err)
{
    const struct tagdir_file files[] = {
        {"v2", "", 0},
        {"manifest", manifest, n_bytes},
        {0},
    };

    return tagdir_publish_files (repo, ref, files, blobs, err);
}
