#ifndef STORE_BLOB_H
#define STORE_BLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/scope.h"
#include "store/checksum.h"
#include "store/digest.h"
#include "store/repo.h"
#include "store/stage.h"

// A blob on its way into layers/.
struct blob {
    struct stage *stage;         // borrowed; made for layers/
    char digest[DIGEST_MAX + 1]; // what it must have; its name in the stage
    long long bytes;             // what it must have, -1 when not known
    long long n;                 // bytes written so far
    struct checksum *sum;        // of these
    int fd;                      // the file in the stage
};

/* Whether layers/ has a blob 'digest' of 'bytes' (-1: of any size).  It was
 * verified when it was published. */
bool blob_is_present (const struct repo *repo, const char *digest,
                      long long bytes);

/* Begin the blob 'digest' (a valid one) of 'bytes', or -1 when its size is not
 * known.  'stage' must outlive it and may hold one of each digest.  NULL with
 * 'err'. */
struct blob *blob_begin (struct stage *stage, const char *digest,
                         long long bytes, struct err *err);

/* Add 'n' bytes; refused at once when the blob becomes larger than it may. */
int blob_add (struct blob *blob, const void *bytes, size_t n, struct err *err);

/* Check size and digest, and make it layers/DIGEST.  One that is there already
 * is replaced by the same content. */
int blob_publish (struct blob *blob, const struct repo *repo, struct err *err);

/* Close it; what was not published is removed.  Takes NULL. */
void blob_end (struct blob *blob);

DEFINE_SCOPED (blob, struct blob, blob_end)
#define scoped_blob __attribute__ ((cleanup (blob_destroyp)))

#endif
