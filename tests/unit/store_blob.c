/* Blobs: only what has the digest and size that were promised is published. */
#include <errno.h>
#include <sys/stat.h>

#include "store/blob.h"
#include "store/lock.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

// printf abc | sha256sum
#define ABC \
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct repo *make_repo (const char *top)
{
    struct repo_paths paths = {.topdir = xasprintf ("%s/repo", top)};
    struct err err = {0};
    struct repo *repo = NULL;

    if (repo_create (&paths, &err) == 0)
        repo = repo_open (&paths, &err);
    if (!repo) {
        puts (err.text);
        exit (1);
    }
    repo_paths_clear (&paths);
    return repo;
}

static void test_good (struct repo *repo, struct stage *stage)
{
    struct err err = {0};
    scoped_blob struct blob *blob = blob_begin (stage, ABC, 3, &err);

    ok (blob && blob_add (blob, "a", 1, &err) == 0 &&
            blob_add (blob, "bc", 2, &err) == 0,
        "in pieces");
    ok (!blob_is_present (repo, ABC, 3), "not there yet");
    ok (blob_publish (blob, repo, &err) == 0, "published");
    ok (blob_is_present (repo, ABC, 3) && blob_is_present (repo, ABC, -1),
        "there");
    ok (!blob_is_present (repo, ABC, 4), "not with another size");
}

static void test_again (struct repo *repo, struct stage *stage)
{
    struct err err = {0};
    scoped_blob struct blob *blob = blob_begin (stage, ABC, -1, &err);

    ok (blob && blob_add (blob, "abc", 3, &err) == 0 &&
            blob_publish (blob, repo, &err) == 0,
        "over one that is there");
}

// What is published of 'text' under the digest and size of "abc".
static void refused (struct repo *repo, struct stage *stage, const char *text,
                     const char *want)
{
    struct err err = {0};
    scoped_blob struct blob *blob = blob_begin (stage, ABC, 3, &err);
    int result = blob_add (blob, text, strlen (text), &err);

    if (result == 0)
        result = blob_publish (blob, repo, &err);
    ok (result == -1 && strstr (err.text, want), want);
    if (result == 0 || !strstr (err.text, want))
        printf ("#  got: %s\n", err.text);
}

int main (void)
{
    char *top = temp_make ();
    struct err err = {0};
    struct repo *repo = make_repo (top);
    struct stage *stage = stage_begin (repo, repo->layers_fd, &err);

    refused (repo, stage, "abd", "damaged or was tampered with");
    refused (repo, stage, "ab", "incomplete: 2 of 3 bytes");
    refused (repo, stage, "abcd", "larger than its manifest says");
    ok (!blob_is_present (repo, ABC, -1), "nothing of these is there");
    test_good (repo, stage);
    test_again (repo, stage);
    stage_end (stage);

    scoped_fd int lock_fd = lock_images (repo, &err);
    ok (lock_fd >= 0, "the images are locked");
    repo_close (repo);
    temp_remove (top);
    return tap_done ();
}
