/* store_repo.h - a repository with an image, made by hand */
#ifndef TESTS_UNIT_STORE_REPO_H
#define TESTS_UNIT_STORE_REPO_H

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "store/repo.h"
#include "tests/unit/temp.h"

// The directory of a repository and the repository in it.
struct test_repo {
    char *path;
    struct repo *repo;
};

static inline struct test_repo test_repo_make (void)
{
    struct test_repo test = {.path = temp_make ()};
    struct repo_paths paths = {.topdir = test.path};
    struct err err = {0};

    if (repo_create (&paths, &err) == 0)
        test.repo = repo_open (&paths, &err);
    if (!test.repo) {
        fprintf (stderr, "%s\n", err.text);
        exit (1);
    }
    return test;
}

static inline void test_repo_remove (struct test_repo *test)
{
    repo_close (test->repo);
    temp_remove (test->path);
}

static inline bool test_exists (const struct test_repo *test, const char *path)
{
    return faccessat (test->repo->top_fd, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

// The file 'path' of the repository, with the directories above it.
static inline void test_put (const struct test_repo *test, const char *path,
                             const char *text)
{
    scoped_free char *full = xasprintf ("%s/%s", test->path, path);
    char *slash = strrchr (full, '/');
    struct err err = {0};

    *slash = '\0';
    if (io_mkdir_p (full, &err) < 0 ||
        io_replace_file (test->repo->top_fd, path, text, 0644, &err) < 0) {
        fprintf (stderr, "%s\n", err.text);
        exit (1);
    }
}

// A tag, its config as blob and the links to its blobs.  NULL ends 'blobs'.
static inline void test_tag (const struct test_repo *test, const char *tag,
                             const char *index, const char *text,
                             const char *const *blobs)
{
    scoped_free char *index_path = xasprintf ("repos/%s/%s", tag, index);
    scoped_free char *tag_path = xasprintf ("repos/%s/TAG", tag);

    test_put (test, index_path, text);
    test_put (test, tag_path, tag);
    for (size_t i = 0; blobs[i]; i++) {
        scoped_free char *to = xasprintf ("../../../layers/%s", blobs[i]);
        scoped_free char *link = xasprintf ("repos/%s/%s", tag, blobs[i]);

        if (symlinkat (to, test->repo->top_fd, link) < 0)
            perror (link);
    }
}

// A layer with one file.
static inline void test_layer (const struct test_repo *test, const char *blob,
                               const char *name, const char *text)
{
    scoped_free char *path = xasprintf ("%s/layers/%s", test->path, blob);
    struct archive *archive = archive_write_new ();
    struct archive_entry *entry = archive_entry_new ();

    archive_write_set_format_ustar (archive);
    archive_write_open_filename (archive, path);
    archive_entry_set_pathname (entry, name);
    archive_entry_set_mode (entry, S_IFREG | 0644);
    archive_entry_set_size (entry, (la_int64_t)strlen (text));
    archive_write_header (archive, entry);
    archive_write_data (archive, text, strlen (text));
    archive_entry_free (entry);
    archive_write_free (archive);
}

#endif
