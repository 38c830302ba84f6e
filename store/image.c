/* image.c - what a tag says: the layers and the configuration of an image
 *
 * Two forms exist.  v2, of what was pulled: 'manifest', by schema 2 or OCI,
 * or by the old schema 1 in repositories of old.  v1, of what was loaded or
 * imported: 'ancestry' and 'container.json'.  Blobs are found by their names
 * in layers/; the links in the tag's directory say who needs a blob, and are
 * not followed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/image.h"

int image_open (const struct repo *repo, const struct reference *ref,
                struct err *err)
{
    scoped_free char *path = xasprintf ("%s/%s/TAG", ref->name,
                                        reference_dir (ref));
    char *slash = strrchr (path, '/');
    int fd;

    if (faccessat (repo->repos_fd, path, F_OK, 0) < 0 && errno == ENOENT) {
        err_set (err, 0, "no image '%s:%s' here", ref->name,
                 reference_dir (ref));
        err_hint (err, "'udocker images' lists them, 'udocker pull' gets it");
        if (err)
            err->code = ENOENT;
        return -1;
    }
    *slash = '\0';
    fd = openat (repo->repos_fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_set (err, errno, "cannot open image '%s'", path);
    return fd;
}

// Whether 'name' can be the name of a file in layers/ and nothing else.
static bool is_blob_name (const char *name)
{
    return name && *name && *name != '.' && !strchr (name, '/');
}

static int add_layer (struct strlist *layers, const char *name,
                      const char *suffix, struct err *err)
{
    if (!is_blob_name (name))
        return err_set (err, 0, "the image has a layer without a valid name");
    strlist_addf (layers, "%s%s", name, suffix);
    return 0;
}

// How one form of tag lists its layers.
struct form {
    const char *list;   // member that is the list; NULL: the whole is
    const char *key;    // of a layer's name in its entry; NULL: the entry is
    const char *suffix; // what the name of its file has more
    bool top_first;     // the order
};

static const struct form forms[] = {
    {"layers", "digest", "", false},   // schema 2, OCI
    {"fsLayers", "blobSum", "", true}, // schema 1
    {NULL, NULL, ".layer", true},      // ancestry
};

/* What says which layers there are: a manifest or an ancestry.  Owned by the
 * caller; NULL with 'err'. */
static json_t *read_index (int tag_dirfd, struct err *err)
{
    struct err why = {0};
    json_t *json = json_from_file (tag_dirfd, "manifest", &why);

    if (!json && why.code == ENOENT)
        json = json_from_file (tag_dirfd, "ancestry", &why);
    if (json)
        return json;
    if (err)
        *err = why;
    err_prefix (err, "the image is damaged");
    return NULL;
}

static const json_t *find_list (const json_t *index, const struct form **form)
{
    for (size_t i = 0; i < sizeof (forms) / sizeof (forms[0]); i++) {
        const json_t *list = forms[i].list ? json_member (index, forms[i].list)
                                           : index;

        *form = &forms[i];
        if (json_is_array (list))
            return list;
    }
    return NULL;
}

static int list_layers (const json_t *index, struct strlist *layers,
                        struct err *err)
{
    const struct form *form;
    const json_t *list = find_list (index, &form);
    size_t n = json_array_size (list);

    if (n == 0)
        return err_set (err, 0, "the image is damaged: it has no layers");
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get (list,
                                             form->top_first ? n - 1 - i : i);
        const char *name = form->key ? json_member_str (item, form->key)
                                     : json_string_value (item);

        if (add_layer (layers, name, form->suffix, err) < 0)
            return -1;
    }
    return 0;
}

// The configuration that a manifest of schema 1 carries as a text.
static json_t *config_from_history (const json_t *manifest, struct err *err)
{
    const json_t *first = json_array_get (json_member (manifest, "history"), 0);
    const char *text = json_member_str (first, "v1Compatibility");

    if (!text)
        return err_null (err, 0, "the manifest has none");
    return json_from_text (text, strlen (text), "manifest", err);
}

// The JSON file 'name' with 'suffix' of layers/.
static json_t *config_from_blob (const struct repo *repo, const char *name,
                                 const char *suffix, struct err *err)
{
    scoped_free char *file = NULL;

    if (!is_blob_name (name))
        return err_null (err, 0, "there is none");
    file = xasprintf ("%s%s", name, suffix);
    return json_from_file (repo->layers_fd, file, err);
}

static json_t *find_config (const struct repo *repo, int tag_dirfd,
                            const json_t *index, struct err *err)
{
    const char *digest = json_member_str (json_member (index, "config"),
                                          "digest");
    struct err why = {0};
    json_t *config;

    if (digest)
        return config_from_blob (repo, digest, "", err);
    if (json_member (index, "history"))
        return config_from_history (index, err);
    config = json_from_file (tag_dirfd, "container.json", &why);
    if (config || why.code != ENOENT) {
        if (!config && err)
            *err = why;
        return config;
    }
    return config_from_blob (
        repo, json_string_value (json_array_get (index, 0)), ".json", err);
}

static json_t *read_config (const struct repo *repo, int tag_dirfd,
                            const json_t *index, struct err *err)
{
    scoped_json json_t *config = find_config (repo, tag_dirfd, index, err);

    if (!config)
        err_prefix (err, "cannot read the image's configuration");
    else if (!json_is_object (config))
        return err_null (err, 0, "the image's configuration is no JSON object");
    return ptr_take (&config);
}

int image_layers (const struct repo *repo, int tag_dirfd,
                  struct strlist *layers, struct err *err)
{
    scoped_json json_t *index = read_index (tag_dirfd, err);

    (void)repo; // blobs are named, not looked for
    return index ? list_layers (index, layers, err) : -1;
}

json_t *image_config (const struct repo *repo, int tag_dirfd, struct err *err)
{
    scoped_json json_t *index = read_index (tag_dirfd, err);

    return index ? read_config (repo, tag_dirfd, index, err) : NULL;
}

int image_read (const struct repo *repo, int tag_dirfd, struct strlist *layers,
                json_t **config, struct err *err)
{
    scoped_json json_t *index = read_index (tag_dirfd, err);

    if (!index || list_layers (index, layers, err) < 0)
        return -1;
    *config = read_config (repo, tag_dirfd, index, err);
    return *config ? 0 : -1;
}
