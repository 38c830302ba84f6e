/* import_impl.h - what the import_*.c files share; for no one else */
#ifndef STORE_IMPORT_IMPL_H
#define STORE_IMPORT_IMPL_H

#include <jansson.h>

#include "base/err.h"
#include "store/digest.h"
#include "store/import.h"
#include "store/stage.h"

// A tar that is to become a layer.
struct import_layer {
    char digest[DIGEST_MAX + 1];  // of its bytes
    char diff_id[DIGEST_MAX + 1]; // of the tar in it
    long long bytes;              // its size
    const char *type;             // its media type
    bool is_link;                 // no copy: the user's file by another name
};

/* Open the tar for reading.  The descriptor, or -1 with 'err'. */
int import_open (const char *tar, struct err *err);

/* Bring what 'fd' holds as file 'name' into the stage, synced, and see that it
 * is a tar whose members could be extracted.  0, or -1 with 'err'. */
int import_stage (struct stage *stage, int fd, const char *name, bool move,
                  struct import_layer *layer, struct err *err);

/* Read the tar, plain or compressed, in 'fd' from its beginning: fill
 * 'diff_id' and 'type' of 'layer'.  Refuses what is no tar, and members that
 * point outside. */
int import_scan (int fd, struct import_layer *layer, struct err *err);

/* The configuration of an image or container for 'platform' (NULL: the
 * host's), whose one layer is 'diff_id' (NULL: leave that out).  The caller
 * owns it.  NULL with 'err' when there is no such platform. */
json_t *import_config (const char *platform, const char *diff_id,
                       struct err *err);

#endif
