/* image_tag.c - one more tag for an image
 *
 * What the image is comes from the files of its tag, in either form, so they
 * are copied as they are; the links are made anew, since the other tag may lie
 * deeper.  The mark of protection belongs to one tag and is not copied.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "base/json.h"
#include "base/scope.h"
#include "store/image.h"
#include "store/image_walk.h"
#include "store/lock.h"
#include "store/tagdir.h"

// What makes a tag an image; those that name the layers last.
static const char *const names[] = {"v1", "v2", "container.json", "ancestry",
                                    "manifest"};

enum { N_NAMES = sizeof (names) / sizeof (names[0]) };

// A copy of them.
struct copy {
    struct tagdir_file files[N_NAMES + 1]; // the last one has no name
    char *texts[N_NAMES];                  // their texts, owned
    size_t n;                              // of them
};

static void copy_clear (struct copy *copy)
{
    for (size_t i = 0; i < copy->n; i++)
        free (copy->texts[i]);
}

static int read_files (int tag_dirfd, struct copy *copy, struct err *err)
{
    for (size_t i = 0; i < N_NAMES; i++) {
        struct err why = {0};
        size_t n_bytes = 0;
        char *text = io_read_file (tag_dirfd, names[i], JSON_MAX_BYTES,
                                   &n_bytes, &why);

        if (!text && why.code == ENOENT)
            continue;
        if (!text)
            return err_set (err, 0, "%s", why.text);
        copy->files[copy->n] = (struct tagdir_file){names[i], text, n_bytes};
        copy->texts[copy->n++] = text;
    }
    return 0;
}

static int check_free (const struct repo *repo, const struct reference *ref,
                       struct err *err)
{
    struct err why = {0};
    scoped_fd int fd = image_open (repo, ref, &why);

    if (fd >= 0)
        return err_set (err, 0, "there is an image '%s:%s' already", ref->name,
                        reference_dir (ref));
    return why.code == ENOENT ? 0 : err_set (err, 0, "%s", why.text);
}

// That all of the image is there, its configuration too.
static int check_whole (const struct repo *repo, int tag_dirfd, struct err *err)
{
    scoped_strlist struct strlist layers = {0};
    scoped_json json_t *config = NULL;

    if (image_read (repo, tag_dirfd, &layers, &config, err) < 0)
        return -1;
    for (size_t i = 0; i < layers.n; i++) {
        if (faccessat (repo->layers_fd, layers.items[i], F_OK, 0) < 0)
            return err_set (err, errno, "layer '%s'", layers.items[i]);
    }
    return 0;
}

static int publish_copy (const struct repo *repo, int tag_dirfd,
                         const struct reference *dst, struct err *err)
{
    struct copy copy = {0};
    scoped_strlist struct strlist blobs = {0};
    int rc = -1;

    if (read_files (tag_dirfd, &copy, err) == 0 &&
        image_links (tag_dirfd, &blobs, err) == 0)
        rc = tagdir_publish_files (repo, dst, copy.files, &blobs, err);
    copy_clear (&copy);
    return rc;
}

int image_tag (const struct repo *repo, const struct reference *src,
               const struct reference *dst, struct err *err)
{
    scoped_fd int lock_fd = -1;
    scoped_fd int tag_dirfd = -1;

    if (dst->digest)
        return err_set (err, 0, "a new tag cannot have a digest: '%s@%s'",
                        dst->name, dst->digest);
    lock_fd = lock_images (repo, err);
    if (lock_fd < 0)
        return -1;
    tag_dirfd = image_open (repo, src, err);
    if (tag_dirfd < 0 || check_free (repo, dst, err) < 0)
        return -1;
    if (check_whole (repo, tag_dirfd, err) < 0)
        return err_prefix (err, "cannot tag image '%s:%s'", src->name,
                           reference_dir (src));
    return publish_copy (repo, tag_dirfd, dst, err);
}
