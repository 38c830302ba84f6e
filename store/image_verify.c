/* image_verify.c - is an image what it says it is
 *
 * What was pulled has a manifest with the size and digest of each blob.  Of
 * what came from a file there is no more than the names of its layers, so it
 * is seen whether they can be read as archives.
 *
 * No lock is held, since reading may take minutes: an image that is removed
 * meanwhile is reported as not there.
 */
#include <archive.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/checksum.h"
#include "store/image.h"
#include "store/layer.h"
#include "store/manifest.h"

enum {
    READ_BYTES = 256 << 10 // of a blob at once
};

// One image while it is looked at.
struct check {
    const struct repo *repo;
    int tag_dirfd;            // its tag
    struct strlist *problems; // found so far
    struct strlist seen;      // blobs that were looked at
};

// The digest of all of 'fd' by the algorithm of 'like', into 'text'.
static int digest_of (int fd, const char *like, char *text, struct err *err)
{
    scoped_checksum struct checksum *sum = checksum_begin (like, err);
    scoped_free char *bytes = xmalloc (READ_BYTES);
    ssize_t n;

    if (!sum)
        return -1;
    do {
        n = io_read_full (fd, bytes, READ_BYTES);
        if (n < 0)
            return err_set (err, errno, "cannot be read");
        if (checksum_add (sum, bytes, (size_t)n, err) < 0)
            return -1;
    } while (n == READ_BYTES);
    return checksum_end (sum, text, err);
}

static int check_digest (int fd, const char *want, struct err *err)
{
    char got[DIGEST_MAX + 1];

    if (digest_of (fd, want, got, err) < 0)
        return -1;
    if (strcmp (got, want) != 0)
        return err_set (err, 0, "is damaged: its digest is '%s'", got);
    return 0;
}

static int check_archive (int fd, struct err *err)
{
    scoped_layer struct layer *layer = layer_open (fd, err);
    struct archive_entry *entry;
    int rc;

    if (!layer)
        return err_prefix (err, "is damaged");
    do
        rc = archive_read_next_header (layer_archive (layer), &entry);
    while (rc == ARCHIVE_OK || rc == ARCHIVE_WARN);
    if (rc != ARCHIVE_EOF)
        return err_set (err, 0, "is damaged: %s",
                        archive_error_string (layer_archive (layer)));
    return 0;
}

/* The file 'name' of layers/: of 'bytes', or -1 when its size is not known.
 * 'err' gets what is wrong, to be put behind its name. */
static int check_file (const struct check *check, const char *name,
                       long long bytes, struct err *err)
{
    scoped_fd int fd = openat (check->repo->layers_fd, name,
                               O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat st;

    if (fd < 0 && errno == ENOENT)
        return err_set (err, 0, "is missing");
    if (fd < 0 || fstat (fd, &st) < 0)
        return err_set (err, errno, "cannot be opened");
    if (!S_ISREG (st.st_mode))
        return err_set (err, 0, "is no regular file");
    if (bytes >= 0 && st.st_size != bytes)
        return err_set (err, 0, "has %lld bytes, not %lld",
                        (long long)st.st_size, bytes);
    // without a link here, the removal of another image would take it along
    if (fstatat (check->tag_dirfd, name, &st, 0) < 0)
        return err_set (err, 0, "is not linked to by the image");
    return digest_is_valid (name) ? check_digest (fd, name, err)
                                  : check_archive (fd, err);
}

static void check_blob (struct check *check, const char *what, const char *name,
                        long long bytes)
{
    struct err why = {0};

    if (strlist_find (&check->seen, name) >= 0)
        return;
    strlist_add (&check->seen, name);
    if (check_file (check, name, bytes, &why) < 0)
        strlist_addf (check->problems, "%s '%s' %s", what, name, why.text);
}

static int check_manifest (struct check *check, const json_t *json,
                           struct err *err)
{
    struct manifest manifest;

    if (manifest_parse (json, &manifest, err) < 0)
        return -1;
    check_blob (check, "configuration", manifest.config.digest,
                manifest.config.bytes);
    for (size_t i = 0; i < manifest.n_layers; i++)
        check_blob (check, "layer", manifest.layers[i].digest,
                    manifest.layers[i].bytes);
    manifest_clear (&manifest);
    return 0;
}

// Of the forms that say no sizes: schema 1, and v1.
static int check_old (struct check *check, struct err *err)
{
    scoped_strlist struct strlist layers = {0};
    scoped_json json_t *config = NULL;

    if (image_layers (check->repo, check->tag_dirfd, &layers, err) < 0)
        return -1;
    for (size_t i = 0; i < layers.n; i++)
        check_blob (check, "layer", layers.items[i], -1);
    config = image_config (check->repo, check->tag_dirfd, err);
    return config ? 0 : -1;
}

static int check_all (struct check *check, struct err *err)
{
    struct err why = {0};
    scoped_json json_t *manifest = json_from_file (check->tag_dirfd, "manifest",
                                                   &why);

    if (!manifest && why.code != ENOENT)
        return err_set (err, 0, "%s", why.text);
    if (manifest && !json_member (manifest, "fsLayers"))
        return check_manifest (check, manifest, err);
    return check_old (check, err);
}

// Whether the image is still there.
static int look_again (const struct repo *repo, const struct reference *ref,
                       struct err *err)
{
    scoped_fd int fd = image_open (repo, ref, err);

    return fd < 0 ? -1 : 0;
}

int image_verify (const struct repo *repo, const struct reference *ref,
                  struct strlist *problems, struct err *err)
{
    scoped_fd int tag_dirfd = image_open (repo, ref, err);
    struct check check = {
        .repo = repo,
        .tag_dirfd = tag_dirfd,
        .problems = problems,
    };
    struct err why = {0};

    if (tag_dirfd < 0)
        return -1;
    if (check_all (&check, &why) < 0)
        strlist_add (problems, why.text);
    strlist_free (&check.seen);
    return problems->n > 0 ? look_again (repo, ref, err) : 0;
}
