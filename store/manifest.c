/* manifest.c - what an image consists of, in the words of registries
 *
 * Manifests come from outside: nothing in them is believed before it was
 * looked at, and what a descriptor says of a blob is checked against the blob
 * by whoever fetches it.  The kind of a document is taken from its members;
 * one that could pass for both kinds is refused, since two programs might read
 * different images from it.
 */
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/manifest.h"

// Types of a configuration that make it an image for containers.
static const char *const config_types[] = {
    "application/vnd.docker.container.image.v1+json",
    "application/vnd.oci.image.config.v1+json",
    "application/octet-stream", // what old registries rewrote it to
};

bool manifest_is_index (const json_t *json)
{
    return json_is_array (json_member (json, "manifests"));
}

static int read_descriptor (const json_t *json, const char *what,
                            struct descriptor *descriptor, struct err *err)
{
    const char *digest = json_member_str (json, "digest");

    if (!digest || !digest_is_valid (digest))
        return err_set (err, 0, "its manifest has no valid digest of %s%s%.40s",
                        what, digest ? ": " : "", digest ? digest : "");
    snprintf (descriptor->digest, sizeof (descriptor->digest), "%s", digest);
    descriptor->bytes = json_member_int (json, "size", -1);
    if (descriptor->bytes < 0)
        return err_set (err, 0, "its manifest has no valid size of %s '%s'",
                        what, digest);
    return 0;
}

static int read_config (const json_t *json, struct descriptor *config,
                        struct err *err)
{
    const char *type = json_member_str (json, "mediaType");
    bool known = !type;

    for (size_t i = 0; i < sizeof (config_types) / sizeof (config_types[0]);
         i++)
        known = known || strcmp (type, config_types[i]) == 0;
    if (!known)
        return err_set (err, 0, "it is no image of a container but '%.80s'",
                        type);
    if (read_descriptor (json, "the configuration", config, err) < 0)
        return -1;
    if (config->bytes > MANIFEST_MAX_BYTES)
        return err_set (err, 0,
                        "its configuration of %lld bytes is larger than the "
                        "%d that are allowed",
                        config->bytes, MANIFEST_MAX_BYTES);
    return 0;
}

static int read_layer (const json_t *json, struct descriptor *layer,
                       struct err *err)
{
    const char *type = json_member_str (json, "mediaType");

    if (type && (!strstr (type, "tar") || strstr (type, "encrypted")))
        return err_set (err, 0, "it has a layer of the unknown type '%.80s'",
                        type);
    return read_descriptor (json, "a layer", layer, err);
}

static int read_layers (const json_t *layers, struct manifest *manifest,
                        struct err *err)
{
    size_t n = json_array_size (layers);

    if (n > MANIFEST_MAX_LAYERS)
        return err_set (err, 0, "it has %zu layers, more than the %d allowed",
                        n, MANIFEST_MAX_LAYERS);
    manifest->layers = xcalloc (n ? n : 1, sizeof (*manifest->layers));
    for (size_t i = 0; i < n; i++) {
        if (read_layer (json_array_get (layers, i), &manifest->layers[i], err) <
            0)
            return -1;
    }
    manifest->n_layers = n;
    return 0;
}

int manifest_parse (const json_t *json, struct manifest *manifest,
                    struct err *err)
{
    const json_t *config = json_member (json, "config");
    const json_t *layers = json_member (json, "layers");

    *manifest = (struct manifest){0};
    if (json_member (json, "fsLayers"))
        return err_set (err, 0,
                        "its manifest is of schema 1, which registries "
                        "have given up (push the image again)");
    if (!json_is_object (config) || !json_is_array (layers) ||
        json_member (json, "manifests"))
        return err_set (err, 0, "its manifest is none of an image");
    if (read_config (config, &manifest->config, err) < 0 ||
        read_layers (layers, manifest, err) < 0) {
        manifest_clear (manifest);
        return -1;
    }
    return 0;
}

void manifest_clear (struct manifest *manifest)
{
    free (manifest->layers);
    *manifest = (struct manifest){0};
}

void manifest_blobs (const struct manifest *manifest, struct strlist *blobs)
{
    for (size_t i = 0; i < manifest->n_layers; i++) {
        if (strlist_find (blobs, manifest->layers[i].digest) < 0)
            strlist_add (blobs, manifest->layers[i].digest);
    }
    if (strlist_find (blobs, manifest->config.digest) < 0)
        strlist_add (blobs, manifest->config.digest);
}

static void entry_platform (const json_t *entry, struct platform *platform)
{
    const json_t *json = json_member (entry, "platform");

    platform_set (platform, json_member_str (json, "os"),
                  json_member_str (json, "architecture"),
                  json_member_str (json, "variant"));
}

static int refuse (const json_t *entries, const struct platform *want,
                   struct err *err)
{
    scoped_strbuf struct strbuf list;
    char text[PLATFORM_TEXT_MAX];
    struct platform have;

    strbuf_init (&list, 300);
    for (size_t i = 0; i < json_array_size (entries); i++) {
        entry_platform (json_array_get (entries, i), &have);
        // attestations have "unknown"
        if (!have.arch[0] || strcmp (have.arch, "unknown") == 0)
            continue;
        platform_text (&have, text);
        strbuf_addf (&list, "%s%s", list.len ? ", " : "", text);
    }
    platform_text (want, text);
    if (!list.len)
        return err_set (err, 0, "its index has no image for any platform");
    return err_set (err, 0, "it is not for platform '%s' but for %s%s", text,
                    list.text, list.cut ? ", ..." : "");
}

int manifest_choose (const json_t *json, const struct platform *want,
                     struct descriptor *chosen, struct err *err)
{
    const json_t *entries = json_member (json, "manifests");
    const json_t *best = NULL;
    int best_rank = -1;

    if (json_array_size (entries) > MANIFEST_MAX_ENTRIES)
        return err_set (err, 0, "its index has more than %d entries",
                        MANIFEST_MAX_ENTRIES);
    if (json_member (json, "layers") || json_member (json, "config"))
        return err_set (err, 0, "its index is a manifest too");
    for (size_t i = 0; i < json_array_size (entries); i++) {
        const json_t *entry = json_array_get (entries, i);
        struct platform have;
        int rank;

        entry_platform (entry, &have);
        // an index in an index may leave out its platform
        rank = have.arch[0] ? platform_rank (want, &have) : 100;
        if (rank >= 0 && (best_rank < 0 || rank < best_rank)) {
            best = entry;
            best_rank = rank;
        }
    }
    if (!best)
        return refuse (entries, want, err);
    return read_descriptor (best, "a manifest", chosen, err);
}
