/* load_docker.c - the images of an archive as docker save writes it
 *
 * manifest.json names the members that are the configuration and the layers
 * of each image.  A manifest of the kind that registries have is written for
 * it, by Docker's schema 2, so that a loaded image is like one that was pulled.
 *
 * Layers are what the configuration's diff_ids say: digests of plain tars.  A
 * layer that was compressed (not by docker, but other programs do) is
 * decompressed to be compared.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/diff_id.h"
#include "store/load_impl.h"

#define LAYER_TYPE "application/vnd.docker.image.rootfs.diff.tar"

// One image while it is put together.
struct parts {
    const struct load_members *members;
    const json_t *entry;  // of manifest.json
    const json_t *layers; // its list of layers
    json_t *manifest;     // what is written
};

// What a layer's first bytes say of its compression.
static const struct magic {
    const char *bytes;
    size_t n;
    const char *type; // in a manifest
} magics[] = {
    {"\x1f\x8b", 2, LAYER_TYPE ".gzip"},
    {"\x28\xb5\x2f\xfd", 4, LAYER_TYPE ".zstd"},
    {"BZh", 3, LAYER_TYPE ".bzip2"},
    {"\xfd"
     "7zXZ",
     5, LAYER_TYPE ".xz"},
};

// Open the member's file, and tell its type.  -1 with 'err'.
static int open_layer (const struct load_members *members,
                       const struct load_member *member, const char **type,
                       struct err *err)
{
    scoped_fd int fd = openat (members->stage->dirfd, member->file,
                               O_RDONLY | O_CLOEXEC);
    char head[8];
    ssize_t n = fd < 0 ? -1 : pread (fd, head, sizeof (head), 0);

    if (n < 0)
        return err_set (err, errno, "cannot read layer '%s'", member->path);
    *type = LAYER_TYPE;
    for (size_t i = 0; i < sizeof (magics) / sizeof (magics[0]); i++) {
        if ((size_t)n >= magics[i].n &&
            memcmp (head, magics[i].bytes, magics[i].n) == 0)
            *type = magics[i].type;
    }
    return fd_take (&fd);
}

/* Check the layer by 'diff_id', the digest that it must have when it is not
 * compressed, and tell its type. */
static int check_layer (const struct load_members *members,
                        const struct load_member *member, const char *diff_id,
                        const char **type, struct err *err)
{
    scoped_fd int fd = open_layer (members, member, type, err);
    char got[DIGEST_MAX + 1];

    if (fd < 0)
        return -1;
    if (strcmp (member->digest, diff_id) == 0)
        return 0;
    if (strcmp (*type, LAYER_TYPE) == 0)
        snprintf (got, sizeof (got), "%s", member->digest);
    else if (diff_id_of (fd, diff_id, got, err) < 0)
        return err_prefix (err, "layer '%s'", member->path);
    if (strcmp (got, diff_id) != 0)
        return err_set (err, 0,
                        "layer '%s' is damaged or was tampered with: its "
                        "digest is '%s', not '%s'",
                        member->path, got, diff_id);
    return 0;
}

static const struct load_member *find_part (const struct parts *parts,
                                            const json_t *name,
                                            const char *what, struct err *err)
{
    const char *path = json_string_value (name);
    const struct load_member *member = NULL;

    if (!path)
        return err_null (err, 0, "'manifest.json' does not name %s", what);
    member = load_find (parts->members, path);
    if (!member)
        err_set (err, 0, "%s '%.200s' is missing in the archive", what, path);
    return member;
}

static json_t *describe (const char *type, const struct load_member *member)
{
    return json_pack ("{s:s, s:I, s:s}", "mediaType", type, "size",
                      (json_int_t)member->bytes, "digest", member->digest);
}

static int add_layer (struct parts *parts, size_t i, const json_t *diff_ids,
                      struct err *err)
{
    const struct load_member *member = find_part (
        parts, json_array_get (parts->layers, i), "layer", err);
    const char *diff_id = json_string_value (json_array_get (diff_ids, i));
    const char *type = NULL;

    if (!member)
        return -1;
    if (!diff_id || !digest_is_valid (diff_id))
        return err_set (err, 0,
                        "its configuration has no valid digest of "
                        "layer '%s'",
                        member->path);
    if (check_layer (parts->members, member, diff_id, &type, err) < 0)
        return -1;
    json_array_append_new (json_member (parts->manifest, "layers"),
                           describe (type, member));
    return 0;
}

static int add_layers (struct parts *parts, const json_t *config,
                       struct err *err)
{
    const json_t *diff_ids = json_member (json_member (config, "rootfs"),
                                          "diff_ids");
    size_t n = json_array_size (parts->layers);

    if (n == 0 || n > MANIFEST_MAX_LAYERS)
        return err_set (err, 0, "it has %zu layers, not 1 to %d", n,
                        MANIFEST_MAX_LAYERS);
    if (json_array_size (diff_ids) != n)
        return err_set (err, 0,
                        "it has %zu layers, but its configuration tells of "
                        "%zu",
                        n, json_array_size (diff_ids));
    for (size_t i = 0; i < n; i++) {
        if (add_layer (parts, i, diff_ids, err) < 0)
            return -1;
    }
    return 0;
}

static int fill_manifest (struct parts *parts, struct err *err)
{
    const struct load_member *member = find_part (
        parts, json_member (parts->entry, "Config"), "configuration", err);
    scoped_json json_t *config = NULL;

    if (!member)
        return -1;
    config = load_json (parts->members, member, NULL, NULL, err);
    if (!config)
        return -1;
    json_object_set_new (
        parts->manifest, "config",
        describe ("application/vnd.docker.container.image.v1+json", member));
    return add_layers (parts, config, err);
}

static int add_names (const json_t *entry, struct load_image *image,
                      struct err *err)
{
    const json_t *names = json_member (entry, "RepoTags");

    if (json_array_size (names) > LOAD_MAX_NAMES)
        return err_set (err, 0, "it has more than %d names", LOAD_MAX_NAMES);
    json_add_strings (names, &image->names);
    return 0;
}

static int find_image (const struct load_members *members, const json_t *entry,
                       struct load_image *image, struct err *err)
{
    scoped_json json_t *manifest = json_pack (
        "{s:i, s:s, s:[]}", "schemaVersion", 2, "mediaType",
        "application/vnd.docker.distribution.manifest.v2+json", "layers");
    struct parts parts = {
        .members = members,
        .entry = entry,
        .layers = json_member (entry, "Layers"),
        .manifest = manifest,
    };

    if (add_names (entry, image, err) < 0 || fill_manifest (&parts, err) < 0)
        return -1;
    image->manifest = json_to_text (manifest);
    image->n_manifest = strlen (image->manifest);
    return manifest_parse (manifest, &image->parsed, err);
}

int load_docker (const struct load_members *members,
                 const struct load_member *list, struct load_images *images,
                 struct err *err)
{
    scoped_json json_t *json = load_json (members, list, NULL, NULL, err);
    size_t n = json_array_size (json);

    if (!json)
        return -1;
    if (n == 0 || n > LOAD_MAX_IMAGES)
        return err_set (err, 0,
                        "'manifest.json' tells of %zu images, not 1 "
                        "to %d",
                        n, LOAD_MAX_IMAGES);
    images->items = xcalloc (n, sizeof (*images->items));
    for (size_t i = 0; i < n; i++) {
        images->n = i + 1;
        if (find_image (members, json_array_get (json, i), &images->items[i],
                        err) < 0)
            return -1;
    }
    return 0;
}
