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

#endif
