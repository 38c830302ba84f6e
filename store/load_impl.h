/* load_impl.h - the parts of load.c: members are read, images are found among
 * them, named and published
 */
#ifndef STORE_LOAD_IMPL_H
#define STORE_LOAD_IMPL_H

#include <jansson.h>

#include "store/manifest.h"
#include "store/load.h"
#include "store/stage.h"

enum {
    LOAD_MAX_MEMBERS = 8192, // of an archive
    LOAD_MAX_PATH = 1024,    // bytes of a member's name
    LOAD_MAX_IMAGES = 256,   // of an archive
    LOAD_MAX_NAMES = 256,    // of an image
    LOAD_FILE_CHARS = 32,    // of a file's name in the stage
    LOAD_MAX_LINKS = 8,      // from a member to the next
    LOAD_MAX_GB = 1024,      // of a member
};

// A file of the archive, or a link to one.
struct load_member {
    char *path;                  // clean, from the root of the archive
    char *target;                // of a link, clean; NULL: it is a file
    char file[LOAD_FILE_CHARS];  // its name in the stage
    char digest[DIGEST_MAX + 1]; // of its content
    long long bytes;             // of content
};

// All of them, their content in the stage.
struct load_members {
    struct stage *stage; // borrowed; made for layers/
    struct load_member *items;
    size_t n;    // of them
    size_t size; // slots allocated
};

// An image that was found.
struct load_image {
    char *manifest;         // its text, for the tag
    size_t n_manifest;      // bytes of it
    struct manifest parsed; // the same
    struct strlist names;   // by the archive: "NAME:TAG", or ":TAG" alone
    struct strlist tags;    // to be made: "NAME:TAG"
};

struct load_images {
    struct load_image *items;
    size_t n;
};

/* Read the archive in 'fd' into the stage.  What is named as a blob of an OCI
 * layout is verified.  0, or -1 with 'err'; the caller clears it either way. */
int load_read (int fd, struct load_members *members, struct err *err);
void load_members_clear (struct load_members *members);

/* The file that 'path' of the archive is, links followed; NULL when there is
 * none.  By digest, any file that has it.  Borrowed. */
const struct load_member *load_find (const struct load_members *members,
                                     const char *path);
const struct load_member *load_find_digest (const struct load_members *members,
                                            const char *digest);

/* The member's content as JSON, owned by the caller, and, unless 'text' is
 * NULL, as text of 'n' bytes, the caller's too.  NULL with 'err'. */
json_t *load_json (const struct load_members *members,
                   const struct load_member *member, char **text, size_t *n,
                   struct err *err);

/* Find the images that manifest.json, or index.json, tells of, and verify
 * that all of them is there.  0, or -1 with 'err'; cleared by the caller. */
int load_docker (const struct load_members *members,
                 const struct load_member *list, struct load_images *images,
                 struct err *err);
int load_oci (const struct load_members *members,
              const struct load_member *index, struct load_images *images,
              struct err *err);

/* Fill the tags of all images, from 'name' and the archive's names. */
int load_name (struct load_images *images, const char *name, struct err *err);

/* Give the blobs of all images, then their tags, to the repository; what was
 * done is added to 'loaded'.  0, or -1 with 'err' and no blob that no tag
 * needs. */
int load_publish (const struct load_members *members,
                  const struct load_images *images, const struct repo *repo,
                  struct strlist *loaded, struct err *err);

#endif
