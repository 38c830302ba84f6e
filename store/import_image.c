/* import_image.c - a tar becomes an image of one layer
 *
 * Layer and configuration are made in a stage; under the lock that keeps
 * others from removing blobs without an image they are put in place, and then
 * the tag.  A file that was to be moved is removed last.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/scope.h"
#include "store/blob.h"
#include "store/checksum.h"
#include "store/image.h"
#include "store/import_impl.h"
#include "store/lock.h"
#include "store/reference.h"
#include "store/tagdir.h"

// One import in progress.
struct import {
    const struct repo *repo;            // the caller's
    const struct import_source *source; // the same
    struct reference ref;               // the new image
    struct stage *stage;                // for layers/
    struct import_layer layer;          // file "layer" of the stage
    char *config;                       // file "config" of the stage
    char config_digest[DIGEST_MAX + 1]; // of it
    char *manifest;                     // of both
};

static void clear (struct import *import)
{
    reference_clear (&import->ref);
    stage_end (import->stage);
    free (import->config);
    free (import->manifest);
}

static int check_new (const struct import *import, struct err *err)
{
    struct err why = {0};
    scoped_fd int fd = image_open (import->repo, &import->ref, &why);

    if (fd < 0 && why.code == ENOENT)
        return 0;
    if (fd < 0) {
        if (err)
            *err = why;
        return -1;
    }
    return err_set (err, 0,
                    "there is an image '%s:%s' (remove it by 'udocker rmi', or "
                    "choose another name)",
                    import->ref.name, reference_dir (&import->ref));
}

static int make_config (struct import *import, struct err *err)
{
    scoped_json json_t *config = import_config (import->source->platform,
                                                import->layer.diff_id, err);

    if (!config)
        return -1;
    import->config = json_to_text (config);
    if (checksum_of ("sha256", import->config, strlen (import->config),
                     import->config_digest, err) < 0)
        return -1;
    return stage_write (import->stage, "config", import->config,
                        strlen (import->config), err);
}

static void make_manifest (struct import *import)
{
    scoped_json json_t *manifest = json_pack (
        "{s:i, s:s, s:{s:s, s:s, s:I}, s:[{s:s, s:s, s:I}]}", "schemaVersion",
        2, "mediaType", "application/vnd.oci.image.manifest.v1+json", "config",
        "mediaType", "application/vnd.oci.image.config.v1+json", "digest",
        import->config_digest, "size", (json_int_t)strlen (import->config),
        "layers", "mediaType", import->layer.type, "digest",
        import->layer.digest, "size", (json_int_t)import->layer.bytes);

    import->manifest = json_to_text (manifest);
}

// Put the two blobs in place; 'is_new' tells which were not there before.
static int put_blobs (const struct import *import, bool is_new[2],
                      struct err *err)
{
    const struct repo *repo = import->repo;

    is_new[0] = !blob_is_present (repo, import->layer.digest, -1);
    is_new[1] = !blob_is_present (repo, import->config_digest, -1);
    if (stage_publish (import->stage, "layer", repo->layers_fd,
                       import->layer.digest, err) < 0)
        return -1;
    return stage_publish (import->stage, "config", repo->layers_fd,
                          import->config_digest, err);
}

static void take_blobs_back (const struct import *import, const bool is_new[2])
{
    if (is_new[0])
        unlinkat (import->repo->layers_fd, import->layer.digest, 0);
    if (is_new[1])
        unlinkat (import->repo->layers_fd, import->config_digest, 0);
}

static int publish (const struct import *import, struct err *err)
{
    scoped_strlist struct strlist blobs = {0};
    scoped_fd int lock_fd = lock_images (import->repo, err);
    bool is_new[2] = {false, false};

    if (lock_fd < 0 || check_new (import, err) < 0)
        return -1;
    strlist_add (&blobs, import->layer.digest);
    strlist_add (&blobs, import->config_digest);
    if (put_blobs (import, is_new, err) == 0 &&
        tagdir_publish (import->repo, &import->ref, import->manifest,
                        strlen (import->manifest), &blobs, err) == 0)
        return 0;
    take_blobs_back (import, is_new);
    return -1;
}

static int make (struct import *import, int fd, struct err *err)
{
    import->stage = stage_begin (import->repo, import->repo->layers_fd, err);
    if (!import->stage)
        return -1;
    if (import_stage (import->stage, fd, "layer", import->source->move,
                      &import->layer, err) < 0)
        return err_prefix (err, "cannot import '%s'", import->source->tar);
    if (make_config (import, err) < 0)
        return -1;
    make_manifest (import);
    return publish (import, err);
}

// Whether the file lies in layers/, where other images may need it.
static bool is_layer (const struct import *import)
{
    scoped_free char *dir = xstrdup (import->source->tar);
    char *slash = strrchr (dir, '/');
    struct stat has, layers;

    if (slash)
        slash[1] = '\0';
    return stat (slash ? dir : ".", &has) == 0 &&
           fstat (import->repo->layers_fd, &layers) == 0 &&
           has.st_dev == layers.st_dev && has.st_ino == layers.st_ino;
}

static int run (struct import *import, const char *image, struct err *err)
{
    scoped_fd int fd = -1;

    if (reference_parse (image, &import->ref, err) < 0)
        return -1;
    if (import->ref.digest)
        return err_set (err, 0,
                        "'%s' is no name for a new image: it has a "
                        "digest",
                        image);
    if (import->source->move && is_layer (import))
        return err_set (err, 0, "'%s' is in the repository already",
                        import->source->tar);
    if (check_new (import, err) < 0)
        return -1;
    fd = import_open (import->source->tar, err);
    if (fd < 0 || make (import, fd, err) < 0)
        return -1;
    if (import->source->move && unlink (import->source->tar) < 0)
        return err_set (err, errno,
                        "the image is there, but cannot remove "
                        "'%s'",
                        import->source->tar);
    return 0;
}

int import_image (const struct repo *repo, const struct import_source *source,
                  const char *image, struct err *err)
{
    struct import import = {.repo = repo, .source = source};
    int rc = run (&import, image, err);

    clear (&import);
    return rc;
}
