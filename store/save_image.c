/* save_image.c - what an image consists of, for the archive it is saved in
 *
 * Every form of tag is taken: what was pulled, and the v1 form of images that
 * udocker loaded or imported.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/checksum.h"
#include "store/diff_id.h"
#include "store/image.h"
#include "store/manifest.h"
#include "store/reference.h"
#include "store/save_impl.h"

static const char *hex_of (const char *digest)
{
    const char *colon = strchr (digest, ':');

    return colon ? colon + 1 : digest;
}

static const json_t *diff_ids_of (const json_t *config)
{
    return json_member (json_member (config, "rootfs"), "diff_ids");
}

/* The configuration's own bytes, when 'config' was read from a blob: the
 * manifest names it.  Else NULL. */
static char *find_text (const struct repo *repo, int tag_dirfd,
                        const json_t *config, size_t *n)
{
    scoped_json json_t *manifest = json_from_file (tag_dirfd, "manifest", NULL);
    const char *digest = json_member_str (json_member (manifest, "config"),
                                          "digest");
    scoped_free char *text = NULL;
    scoped_json json_t *same = NULL;

    if (!digest || !digest_is_valid (digest))
        return NULL;
    text = io_read_file (repo->layers_fd, digest, MANIFEST_MAX_BYTES, n, NULL);
    if (text)
        same = json_from_text (text, *n, digest, NULL);
    return json_equal (same, config) ? ptr_take (&text) : NULL;
}

static int add_diff_id (const struct repo *repo, const char *file,
                        json_t *diff_ids, struct err *err)
{
    scoped_fd int fd = openat (repo->layers_fd, file, O_RDONLY | O_CLOEXEC);
    char digest[DIGEST_MAX + 1];

    if (fd < 0)
        return err_set (err, errno, "cannot open layer '%s'", file);
    if (diff_id_of (fd, "sha256", digest, err) < 0)
        return err_prefix (err, "layer '%s'", file);
    json_array_append_new (diff_ids, json_string (digest));
    return 0;
}

// Make 'config' what a configuration has to be.
static int complete (const struct repo *repo, const struct strlist *layers,
                     json_t *config, struct err *err)
{
    json_t *diff_ids = json_array ();
    struct platform host;

    // the config object has it from here on
    json_object_set_new (
        config, "rootfs",
        json_pack ("{s:s, s:o}", "type", "layers", "diff_ids", diff_ids));
    for (size_t i = 0; i < layers->n; i++) {
        if (add_diff_id (repo, layers->items[i], diff_ids, err) < 0)
            return -1;
    }
    platform_host (&host);
    if (!json_member_str (config, "os"))
        json_object_set_new (config, "os", json_string (host.os));
    if (!json_member_str (config, "architecture"))
        json_object_set_new (config, "architecture", json_string (host.arch));
    // it tells of other layers
    json_object_del (config, "history");
    return 0;
}

/* Ids of layers: the digest that a layer is named by, or else that of its
 * content. */
static int add_ids (struct save_image *image, const json_t *config,
                    struct err *err)
{
    for (size_t i = 0; i < image->layers.n; i++) {
        const char *file = image->layers.items[i];
        const char *diff_id = json_string_value (
            json_array_get (diff_ids_of (config), i));

        if (digest_is_valid (file))
            strlist_add (&image->ids, hex_of (file));
        else if (diff_id && digest_is_valid (diff_id))
            strlist_add (&image->ids, hex_of (diff_id));
        else
            return err_set (err, 0,
                            "the image has a layer without a valid "
                            "digest");
    }
    return 0;
}

static int describe (const struct repo *repo, int tag_dirfd, json_t *config,
                     struct save_image *image, struct err *err)
{
    char digest[DIGEST_MAX + 1];

    if (json_array_size (diff_ids_of (config)) == image->layers.n)
        image->config = find_text (repo, tag_dirfd, config, &image->n_config);
    else if (complete (repo, &image->layers, config, err) < 0)
        return -1;
    if (!image->config) {
        image->config = json_to_text (config);
        image->n_config = strlen (image->config);
    }
    if (checksum_of ("sha256", image->config, image->n_config, digest, err) < 0)
        return -1;
    snprintf (image->config_hex, sizeof (image->config_hex), "%s",
              hex_of (digest));
    return add_ids (image, config, err);
}

static int find (const struct repo *repo, const struct reference *ref,
                 struct save_image *image, struct err *err)
{
    scoped_fd int tag_dirfd = image_open (repo, ref, err);
    scoped_json json_t *config = NULL;

    if (tag_dirfd < 0 ||
        image_read (repo, tag_dirfd, &image->layers, &config, err) < 0)
        return -1;
    if (ref->tag)
        image->name = xasprintf ("%s:%s", ref->name, ref->tag);
    return describe (repo, tag_dirfd, config, image, err);
}

int save_image_find (const struct repo *repo, const char *name,
                     struct save_image *image, struct err *err)
{
    struct reference ref = {0};
    int rc;

    *image = (struct save_image){0};
    if (reference_parse (name, &ref, err) < 0)
        return -1;
    rc = find (repo, &ref, image, err);
    reference_clear (&ref);
    return rc;
}

void save_image_clear (struct save_image *image)
{
    free (image->name);
    free (image->config);
    strlist_free (&image->layers);
    strlist_free (&image->ids);
    *image = (struct save_image){0};
}
