/* load_publish.c - loaded images are given to the repository
 *
 * Everything was verified and is on disk before the lock is taken; under it
 * there are only renames.  The blobs of an image come right before its tag, so
 * that when the tag cannot be made it is known which blobs nobody needs.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/blob.h"
#include "store/load_impl.h"
#include "store/lock.h"
#include "store/tagdir.h"

static int sync_blobs (const struct load_members *members,
                       const struct strlist *blobs, struct err *err)
{
    for (size_t i = 0; i < blobs->n; i++) {
        const struct load_member *member = load_find_digest (members,
                                                             blobs->items[i]);
        scoped_fd int fd = openat (members->stage->dirfd, member->file,
                                   O_RDONLY | O_CLOEXEC);

        if (fd < 0 || fsync (fd) < 0)
            return err_set (err, errno, "cannot write blob '%s'",
                            blobs->items[i]);
    }
    return 0;
}

// Publish the blobs that are not there; 'fresh' gets their names.
static int publish_blobs (const struct load_members *members,
                          const struct repo *repo, const struct strlist *blobs,
                          struct strlist *fresh, struct err *err)
{
    for (size_t i = 0; i < blobs->n; i++) {
        const char *digest = blobs->items[i];
        const struct load_member *member = load_find_digest (members, digest);

        if (blob_is_present (repo, digest, member->bytes))
            continue;
        strlist_add (fresh, digest);
        if (stage_publish (members->stage, member->file, repo->layers_fd,
                           digest, err) < 0)
            return -1;
    }
    return 0;
}

static int publish_tag (const struct repo *repo, const char *name,
                        const struct load_image *image,
                        const struct strlist *blobs, struct err *err)
{
    struct reference ref = {0};
    int rc;

    if (reference_parse (name, &ref, err) < 0)
        return -1;
    rc = tagdir_publish (repo, &ref, image->manifest, image->n_manifest, blobs,
                         err);
    reference_clear (&ref);
    return rc;
}

static int publish_image (const struct load_members *members,
                          const struct load_image *image,
                          const struct repo *repo, struct strlist *loaded,
                          struct err *err)
{
    scoped_strlist struct strlist blobs = {0}, fresh = {0};
    size_t n_before = loaded->n;
    int rc;

    manifest_blobs (&image->parsed, &blobs);
    rc = publish_blobs (members, repo, &blobs, &fresh, err);
    for (size_t i = 0; rc == 0 && i < image->tags.n; i++) {
        rc = publish_tag (repo, image->tags.items[i], image, &blobs, err);
        if (rc == 0)
            strlist_add (loaded, image->tags.items[i]);
    }
    // the lock is held: nobody has come to need them meanwhile
    for (size_t i = 0; loaded->n == n_before && i < fresh.n; i++)
        unlinkat (repo->layers_fd, fresh.items[i], 0);
    return rc;
}

int load_publish (const struct load_members *members,
                  const struct load_images *images, const struct repo *repo,
                  struct strlist *loaded, struct err *err)
{
    scoped_fd int lock_fd = -1;

    for (size_t i = 0; i < images->n; i++) {
        scoped_strlist struct strlist blobs = {0};

        manifest_blobs (&images->items[i].parsed, &blobs);
        if (sync_blobs (members, &blobs, err) < 0)
            return -1;
    }
    lock_fd = lock_images (repo, err);
    if (lock_fd < 0)
        return -1;
    for (size_t i = 0; i < images->n; i++) {
        if (publish_image (members, &images->items[i], repo, loaded, err) < 0)
            return -1;
    }
    return 0;
}
