#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/strlist.h"
#include "store/reference.h"
#include "store/repo.h"

// One layer of an image.
struct image_layer {
    char *file;      // name of the blob's file under layers/
    long long bytes; // its size there, -1 when it is missing
};

// One image of the repository.
struct image_entry {
    char *name; // "127.0.0.1:5000/demo:latest"
    char *path; // host path of its tag directory
    bool is_protected;
    struct image_layer *layers; // bottom first
    size_t n_layers;
};

/* All images, sorted by name, with their layers when 'with_layers'. */
int image_list (const struct repo *repo, bool with_layers,
                struct image_entry **entries, size_t *n, struct err *err);
void image_list_free (struct image_entry *entries, size_t n);

/* The tag directory of 'ref' below repos/, O_PATH; -1 with 'err' (code ENOENT
 * when there is no such image). */
int image_open (const struct repo *repo, const struct reference *ref,
                struct err *err);

/* What the image is whose tag directory is 'tag_dirfd', v1 or v2: its layers,
 * bottom first, as names of files under layers/, and its configuration in the
 * form of a container.json (an object with "config", "architecture", "os", …),
 * which the caller owns.  Both are of the same image even when a pull changes
 * the tag meanwhile.  0, or -1 with 'err'. */
int image_read (const struct repo *repo, int tag_dirfd, struct strlist *layers,
                json_t **config, struct err *err);

/* The same, one of the two. */
int image_layers (const struct repo *repo, int tag_dirfd,
                  struct strlist *layers, struct err *err);
json_t *image_config (const struct repo *repo, int tag_dirfd, struct err *err);

/* Make the tag 'dst' of the same layers as the image 'src'.  Refused when there
 * is a 'dst', when it has a digest, and when something of 'src' is missing.
 * The new tag is not protected, whether or not 'src' is.  0, or -1 with
 * 'err'. */
int image_tag (const struct repo *repo, const struct reference *src,
               const struct reference *dst, struct err *err);

/* Look whether all of the image is there and as its manifest says, reading
 * every byte of its layers.  'problems' gets a line for each thing that is
 * wrong.  0 when it was looked at, whole or not; -1 with 'err' when there is
 * no such image. */
int image_verify (const struct repo *repo, const struct reference *ref,
                  struct strlist *problems, struct err *err);

/* Remove the tag, and the blobs that no other tag refers to.  With 'force'
 * errors on the way do not stop it.  Refused when protected. */
int image_remove (struct repo *repo, const struct reference *ref, bool force,
                  struct err *err);

#endif
