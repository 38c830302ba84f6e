#ifndef STORE_MANIFEST_H
#define STORE_MANIFEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strlist.h"
#include "store/digest.h"
#include "store/platform.h"

enum {
    MANIFEST_MAX_BYTES = 4 << 20, // of a manifest, an index, a configuration
    MANIFEST_MAX_LAYERS = 512,    // overlay filesystems stop at 500
    MANIFEST_MAX_ENTRIES = 4096,  // of an index
};

// What a manifest says of a blob, or an index of a manifest.
struct descriptor {
    char digest[DIGEST_MAX + 1]; // valid
    long long bytes;             // its size
};

// A manifest of an image: Docker's schema 2 or OCI's.
struct manifest {
    struct descriptor config;
    struct descriptor *layers; // bottom first; one may occur twice
    size_t n_layers;
};

/* Whether 'json' is an index (Docker's manifest list or OCI's index). */
bool manifest_is_index (const json_t *json);

/* Read the manifest of an image.  0, or -1 with 'err' saying what it is
 * instead or which part is wrong.  The caller clears it. */
int manifest_parse (const json_t *json, struct manifest *manifest,
                    struct err *err);
void manifest_clear (struct manifest *manifest);

/* Add the names in layers/ of all that the image consists of, each once. */
void manifest_blobs (const struct manifest *manifest, struct strlist *blobs);

/* The entry of index 'json' that serves 'want' best.  -1 with an 'err' that
 * names the platforms there are. */
int manifest_choose (const json_t *json, const struct platform *want,
                     struct descriptor *chosen, struct err *err);

#endif
