/* pull.c - an image from a registry into the repository
 *
 * Manifest (by way of an index where there is one), then blobs, then the tag:
 * the image is not known before all of it is there.
 */
#include <stdbool.h>
#include <string.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/strlist.h"
#include "store/blob.h"
#include "store/download.h"
#include "store/lock.h"
#include "store/manifest.h"
#include "store/progress.h"
#include "store/pull.h"
#include "store/reference.h"
#include "store/registry.h"
#include "store/tagdir.h"

enum {
    INDEX_DEPTH_MAX = 3, // an index may lead to an index
    TRIES = 3,           // when others remove blobs that we have seen
};

// What a pull works on.
struct pull {
    struct repo *repo;
    const struct pull_options *options;
    struct platform platform;
    bool platform_asked; // by the user: then the image must be of it
    struct reference ref;
    struct registry *registry;
    char *text;    // of the manifest, as it came
    size_t n_text; // its bytes
    struct manifest manifest;
};

static void pull_clear (struct pull *pull)
{
    registry_close (pull->registry);
    reference_clear (&pull->ref);
    manifest_clear (&pull->manifest);
    free (pull->text);
}

static int choose_platform (struct pull *pull, struct err *err)
{
    const char *asked = pull->options->platform;

    pull->platform_asked = asked && asked[0];
    if (pull->platform_asked)
        return platform_parse (asked, &pull->platform, err);
    platform_host (&pull->platform);
    return 0;
}

// Fetch manifest 'name' into pull->text; its JSON is the caller's.
static json_t *fetch_json (struct pull *pull, const char *name, struct err *err)
{
    free (ptr_take (&pull->text));
    pull->text = registry_manifest (pull->registry, name, &pull->n_text, err);
    if (!pull->text)
        return NULL;
    return json_from_text (pull->text, pull->n_text, "manifest", err);
}

static int find_manifest (struct pull *pull, struct err *err)
{
    struct descriptor chosen = {0};

    snprintf (chosen.digest, sizeof (chosen.digest), "%s",
              pull->ref.digest ? pull->ref.digest : pull->ref.tag);
    for (int i = 0; i <= INDEX_DEPTH_MAX; i++) {
        scoped_json json_t *json = fetch_json (pull, chosen.digest, err);

        if (!json)
            return -1;
        if (!manifest_is_index (json))
            return manifest_parse (json, &pull->manifest, err);
        if (manifest_choose (json, &pull->platform, &chosen, err) < 0)
            return -1;
    }
    return err_set (err, 0, "its index leads to more than %d others",
                    INDEX_DEPTH_MAX);
}

/* The configuration must be one, and of the platform that was asked for: an
 * image without an index says it only here. */
static int check_config (const struct pull *pull, struct err *err)
{
    scoped_json json_t *config = json_from_file (
        pull->repo->layers_fd, pull->manifest.config.digest, err);
    char want[PLATFORM_TEXT_MAX], is[PLATFORM_TEXT_MAX];
    struct platform have;

    if (!config)
        return -1;
    if (!json_is_object (config))
        return err_set (err, 0, "its configuration is not a JSON object");
    platform_set (&have, json_member_str (config, "os"),
                  json_member_str (config, "architecture"),
                  json_member_str (config, "variant"));
    if (!pull->platform_asked || !have.arch[0] ||
        platform_rank (&pull->platform, &have) >= 0)
        return 0;
    platform_text (&pull->platform, want);
    platform_text (&have, is);
    return err_set (err, 0, "it is not for platform '%s' but for %s", want, is);
}

static bool all_present (const struct pull *pull, const struct strlist *blobs)
{
    for (size_t i = 0; i < blobs->n; i++) {
        if (!blob_is_present (pull->repo, blobs->items[i], -1))
            return false;
    }
    return true;
}

// 1 when the tag was made, 0 when a blob has gone meanwhile, -1.
static int publish (const struct pull *pull, struct err *err)
{
    scoped_strlist struct strlist blobs = {0};
    scoped_fd int lock_fd = lock_images (pull->repo, err);

    if (lock_fd < 0)
        return -1;
    manifest_blobs (&pull->manifest, &blobs);
    if (!all_present (pull, &blobs))
        return 0;
    if (tagdir_publish (pull->repo, &pull->ref, pull->text, pull->n_text,
                        &blobs, err) < 0)
        return -1;
    return 1;
}

static int download (struct pull *pull, const char *name, struct err *err)
{
    struct progress progress;
    int result;

    progress_begin (&progress, name, pull->options->progress);
    result = download_blobs (pull->registry, pull->repo, &pull->manifest,
                             pull->options->download_timeout_s, &progress, err);
    progress_end (&progress);
    return result;
}

static int run (struct pull *pull, const char *name, struct err *err)
{
    if (choose_platform (pull, err) < 0 ||
        reference_parse (name, &pull->ref, err) < 0)
        return -1;
    pull->registry = registry_open (&pull->ref, pull->options, err);
    if (!pull->registry || find_manifest (pull, err) < 0)
        return -1;
    for (int i = 0; i < TRIES; i++) {
        int result;

        if (download (pull, name, err) < 0 || check_config (pull, err) < 0)
            return -1;
        result = publish (pull, err);
        if (result != 0)
            return result < 0 ? -1 : 0;
    }
    return err_set (err, 0, "its layers are being removed by others");
}

int pull_image (struct repo *repo, const char *name,
                const struct pull_options *options, struct err *err)
{
    struct pull pull = {.repo = repo, .options = options};
    struct err why = {0};
    int result = run (&pull, name, &why);

    pull_clear (&pull);
    if (result < 0 && err)
        *err = why;
    return result < 0 ? err_prefix (err, "cannot pull '%s'", name) : 0;
}
