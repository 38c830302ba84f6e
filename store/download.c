/* download.c - the blobs of an image, from a registry into layers/
 *
 * Each blob is published as soon as it is whole, so a pull that failed has
 * less to fetch when it is tried again.  No more than a buffer of libcurl's
 * per transfer is held in memory.
 */
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "store/blob.h"
#include "store/download.h"
#include "store/fetch.h"
#include "store/stage.h"

enum {
    PARALLEL = 4, // transfers at once
};

// One blob on its way.
struct item {
    const struct descriptor *descriptor;
    const struct repo *repo;
    struct stage *stage;
    struct progress *progress;
    struct blob *blob; // NULL until its first byte
    char *url, *what;  // owned, for the fetch
};

static int take_bytes (void *arg, const void *bytes, size_t n, struct err *err)
{
    struct item *item = arg;

    if (!item->blob)
        item->blob = blob_begin (item->stage, item->descriptor->digest,
                                 item->descriptor->bytes, err);
    if (!item->blob || blob_add (item->blob, bytes, n, err) < 0)
        return -1;
    progress_add (item->progress, (long long)n);
    return 0;
}

static int publish (void *arg, struct err *err)
{
    struct item *item = arg;

    // an empty blob has had no bytes
    if (take_bytes (item, "", 0, err) < 0 ||
        blob_publish (item->blob, item->repo, err) < 0)
        return -1;
    blob_end (ptr_take (&item->blob));
    item->progress->n_parts++;
    return 0;
}

static bool is_listed (const struct item *items, size_t n, const char *digest)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp (items[i].descriptor->digest, digest) == 0)
            return true;
    }
    return false;
}

// List what is missing, each once; returns how many.
static size_t list_missing (const struct repo *repo,
                            const struct manifest *manifest, struct item *items)
{
    size_t n = 0;

    for (size_t i = 0; i <= manifest->n_layers; i++) {
        const struct descriptor *blob = i < manifest->n_layers
                                            ? &manifest->layers[i]
                                            : &manifest->config;

        if (!blob_is_present (repo, blob->digest, blob->bytes) &&
            !is_listed (items, n, blob->digest))
            items[n++].descriptor = blob;
    }
    return n;
}

static int fetch_items (struct registry *registry, struct item *items, size_t n,
                        long timeout_s, struct err *err)
{
    scoped_free struct fetch *fetches = xcalloc (n, sizeof (*fetches));

    for (size_t i = 0; i < n; i++) {
        const char *digest = items[i].descriptor->digest;

        items[i].url = registry_blob_url (registry, digest);
        items[i].what = xasprintf ("blob '%s'", digest);
        fetches[i] = (struct fetch){
            .url = items[i].url,
            .what = items[i].what,
            .timeout_s = timeout_s,
            .body = take_bytes,
            .done = publish,
            .arg = &items[i],
        };
    }
    return fetch_all (&registry->source, fetches, n, PARALLEL, err);
}

int download_blobs (struct registry *registry, const struct repo *repo,
                    const struct manifest *manifest, long timeout_s,
                    struct progress *progress, struct err *err)
{
    scoped_free struct item *items = xcalloc (manifest->n_layers + 1,
                                              sizeof (*items));
    size_t n = list_missing (repo, manifest, items);
    scoped_stage struct stage *stage = NULL;
    int result;

    if (n == 0)
        return 0;
    stage = stage_begin (repo, repo->layers_fd, err);
    if (!stage)
        return -1;
    progress->all_parts = n;
    for (size_t i = 0; i < n; i++) {
        items[i].repo = repo;
        items[i].stage = stage;
        items[i].progress = progress;
        progress->all_bytes += items[i].descriptor->bytes;
    }
    result = fetch_items (registry, items, n, timeout_s, err);
    for (size_t i = 0; i < n; i++) {
        blob_end (items[i].blob);
        free (items[i].url);
        free (items[i].what);
    }
    return result;
}
