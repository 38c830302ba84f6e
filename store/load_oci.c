/* load_oci.c - the images of an OCI layout
 *
 * index.json leads to a manifest for each image, by way of an index where
 * there are several platforms: then the host's is taken.  A manifest becomes
 * the tag's as it is.  What blobs have by way of digests was verified when
 * they were read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/load_impl.h"

enum {
    INDEX_DEPTH_MAX = 3 // an index may lead to an index
};

// Annotations that hold a name, the better one first.
static const char *const name_keys[] = {
    "io.containerd.image.name",
    "org.opencontainers.image.ref.name",
};

// The blob that 'want' describes.
static const struct load_member *find_blob (const struct load_members *members,
                                            const struct descriptor *want,
                                            struct err *err)
{
    scoped_free char *path = xasprintf ("blobs/%s", want->digest);
    const struct load_member *member;

    *strchr (path, ':') = '/';
    member = load_find (members, path);
    if (!member)
        return err_null (err, 0, "blob '%s' is missing in the archive",
                         want->digest);
    if (strcmp (member->digest, want->digest) != 0)
        return err_null (err, 0, "blob '%s' is another: '%s'", want->digest,
                         member->digest);
    if (member->bytes != want->bytes)
        return err_null (err, 0,
                         "blob '%s' has %lld bytes, not the %lld that its "
                         "manifest says",
                         want->digest, member->bytes, want->bytes);
    return member;
}

static int check_blobs (const struct load_members *members,
                        const struct manifest *manifest, struct err *err)
{
    if (manifest->n_layers == 0)
        return err_set (err, 0, "it has no layers");
    if (!find_blob (members, &manifest->config, err))
        return -1;
    for (size_t i = 0; i < manifest->n_layers; i++) {
        if (!find_blob (members, &manifest->layers[i], err))
            return -1;
    }
    return 0;
}

static int check_config (const struct load_members *members,
                         const struct load_image *image, struct err *err)
{
    const struct load_member *member = find_blob (members,
                                                  &image->parsed.config, err);
    scoped_json json_t *config = NULL;

    if (!member)
        return -1;
    config = load_json (members, member, NULL, NULL, err);
    if (!config)
        return -1;
    if (!json_is_object (config))
        return err_set (err, 0, "its configuration is not a JSON object");
    return 0;
}

/* The manifest that 'at' leads to, into 'image'. */
static int find_manifest (const struct load_members *members,
                          struct descriptor *at, struct load_image *image,
                          struct err *err)
{
    struct platform host;

    platform_host (&host);
    for (int i = 0; i <= INDEX_DEPTH_MAX; i++) {
        const struct load_member *member = find_blob (members, at, err);
        scoped_json json_t *json = NULL;

        if (!member)
            return -1;
        free (ptr_take (&image->manifest));
        json = load_json (members, member, &image->manifest, &image->n_manifest,
                          err);
        if (!json)
            return -1;
        if (!manifest_is_index (json))
            return manifest_parse (json, &image->parsed, err);
        if (manifest_choose (json, &host, at, err) < 0)
            return -1;
    }
    return err_set (err, 0, "its index leads to more than %d others",
                    INDEX_DEPTH_MAX);
}

/* The name by the annotations of an entry.  A word alone is a tag, as OCI says
 * and as most programs write. */
static void add_name (const json_t *entry, struct strlist *names)
{
    const json_t *annotations = json_member (entry, "annotations");

    for (size_t i = 0; i < sizeof (name_keys) / sizeof (name_keys[0]); i++) {
        const char *name = json_member_str (annotations, name_keys[i]);

        if (!name || !*name)
            continue;
        strlist_addf (names, "%s%s", strpbrk (name, "/:") ? "" : ":", name);
        return;
    }
}

static int find_image (const struct load_members *members, const json_t *entry,
                       struct load_image *image, struct err *err)
{
    const char *digest = json_member_str (entry, "digest");
    struct descriptor at = {.bytes = json_member_int (entry, "size", -1)};

    if (!digest || !digest_is_valid (digest))
        return err_set (err, 0,
                        "'index.json' has an entry without a valid "
                        "digest");
    snprintf (at.digest, sizeof (at.digest), "%s", digest);
    add_name (entry, &image->names);
    if (find_manifest (members, &at, image, err) < 0 ||
        check_blobs (members, &image->parsed, err) < 0)
        return -1;
    return check_config (members, image, err);
}

int load_oci (const struct load_members *members,
              const struct load_member *index, struct load_images *images,
              struct err *err)
{
    scoped_json json_t *json = load_json (members, index, NULL, NULL, err);
    const json_t *entries = json_member (json, "manifests");
    size_t n = json_array_size (entries);

    if (!json)
        return -1;
    if (n == 0 || n > LOAD_MAX_IMAGES)
        return err_set (err, 0, "'index.json' tells of %zu images, not 1 to %d",
                        n, LOAD_MAX_IMAGES);
    images->items = xcalloc (n, sizeof (*images->items));
    for (size_t i = 0; i < n; i++) {
        images->n = i + 1;
        if (find_image (members, json_array_get (entries, i), &images->items[i],
                        err) < 0)
            return -1;
    }
    return 0;
}
