/* blob.c - layers and configurations, verified before they have their name
 *
 * A blob is written and summed in one go; its name under layers/ is given to
 * it only when size and digest are right and the bytes are on disk, so what is
 * there can be trusted and is never written to.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/mem.h"
#include "store/blob.h"

bool blob_is_present (const struct repo *repo, const char *digest,
                      long long bytes)
{
    struct stat st;

    if (fstatat (repo->layers_fd, digest, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return false;
    return S_ISREG (st.st_mode) && (bytes < 0 || st.st_size == bytes);
}

struct blob *blob_begin (struct stage *stage, const char *digest,
                         long long bytes, struct err *err)
{
    scoped_blob struct blob *blob = xcalloc (1, sizeof (*blob));

    blob->fd = -1;
    blob->stage = stage;
    blob->bytes = bytes;
    snprintf (blob->digest, sizeof (blob->digest), "%s", digest);
    blob->sum = checksum_begin (digest, err);
    if (!blob->sum)
        return NULL;
    blob->fd = openat (stage->dirfd, blob->digest,
                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (blob->fd < 0)
        return err_null (err, errno, "cannot create the file of '%s'", digest);
    return ptr_take (&blob);
}

int blob_add (struct blob *blob, const void *bytes, size_t n, struct err *err)
{
    if (blob->bytes >= 0 && (long long)n > blob->bytes - blob->n)
        return err_set (err, 0,
                        "blob '%s' is larger than its manifest says (%lld "
                        "bytes)",
                        blob->digest, blob->bytes);
    if (checksum_add (blob->sum, bytes, n, err) < 0)
        return -1;
    if (io_write_all (blob->fd, bytes, n) < 0)
        return err_set (err, errno, "cannot write blob '%s'", blob->digest);
    blob->n += (long long)n;
    return 0;
}

static int check (struct blob *blob, struct err *err)
{
    char got[DIGEST_MAX + 1];

    if (blob->bytes >= 0 && blob->n != blob->bytes)
        return err_set (err, 0, "blob '%s' is incomplete: %lld of %lld bytes",
                        blob->digest, blob->n, blob->bytes);
    if (checksum_end (blob->sum, got, err) < 0)
        return -1;
    if (strcmp (got, blob->digest) != 0)
        return err_set (
            err, 0,
            "blob '%s' is damaged or was tampered with: what came has "
            "digest '%s'",
            blob->digest, got);
    return 0;
}

int blob_publish (struct blob *blob, const struct repo *repo, struct err *err)
{
    if (check (blob, err) < 0)
        return -1;
    if (fsync (blob->fd) < 0)
        return err_set (err, errno, "cannot write blob '%s'", blob->digest);
    return stage_publish (blob->stage, blob->digest, repo->layers_fd,
                          blob->digest, err);
}

void blob_end (struct blob *blob)
{
    if (!blob)
        return;
    if (blob->fd >= 0) {
        fd_closep (&blob->fd);
        unlinkat (blob->stage->dirfd, blob->digest, 0);
    }
    checksum_destroy (blob->sum);
    free (blob);
}
