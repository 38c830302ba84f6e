#ifndef STORE_TAGDIR_H
#define STORE_TAGDIR_H

#include <stddef.h>

#include "base/err.h"
#include "base/strlist.h"
#include "store/reference.h"
#include "store/repo.h"

/* Make repos/NAME/TAG the image of 'manifest' ('n_bytes', as the registry sent
 * it), with links to the files 'blobs' of layers/, in udocker's v2 form.  A tag
 * that exists becomes the new image; its PROTECT mark stays.  The caller holds
 * lock_images and has seen that the blobs are there.  0, or -1 with 'err'. */
int tagdir_publish (const struct repo *repo, const struct reference *ref,
                    const char *manifest, size_t n_bytes,
                    const struct strlist *blobs, struct err *err);

// A file of a tag's directory.
struct tagdir_file {
    const char *name; // "manifest"; NULL ends a vector
    const char *text;
    size_t n_bytes; // of the text
};

/* The same of an image in any form: 'files' are all that its tag has beside
 * TAG, PROTECT and links, with the one that names the layers last. */
int tagdir_publish_files (const struct repo *repo, const struct reference *ref,
                          const struct tagdir_file *files,
                          const struct strlist *blobs, struct err *err);

#endif
