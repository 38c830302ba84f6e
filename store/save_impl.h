/* save_impl.h - the parts of save.c: what an image consists of */
#ifndef STORE_SAVE_IMPL_H
#define STORE_SAVE_IMPL_H

#include "store/digest.h"
#include "store/save.h"

// One image, as it is to be written.
struct save_image {
    char *name;   // "NAME:TAG"; NULL when it has none but a digest
    char *config; // its configuration, a text
    size_t n_config;
    char config_hex[DIGEST_MAX + 1]; // sha256 of that, without "sha256:"
    struct strlist layers;           // files in layers/, bottom first
    struct strlist ids;              // of these, hex digits
};

/* Find image 'name'.  Its configuration is that of the repository, byte by
 * byte, unless it does not tell the digests of its layers (an image that was
 * imported): then they are added.  0, or -1 with 'err'; cleared by the caller
 * either way. */
int save_image_find (const struct repo *repo, const char *name,
                     struct save_image *image, struct err *err);
void save_image_clear (struct save_image *image);

#endif
