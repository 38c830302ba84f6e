#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "base/err.h"
#include "base/strlist.h"
#include "store/repo.h"

/* Bring the images of an archive into the repository: what `docker save`
 * writes (manifest.json, a configuration and layers for each image) or an OCI
 * layout in a tar, in one pass over 'fd', which may be a pipe; compressed or
 * not.  'name' (NAME or NAME:TAG; may be NULL) replaces the name that the
 * archive gives its image.
 *
 * Every blob is verified before any image is made.  The NAME:TAG of each image
 * that was made is added to 'loaded', also when a later one fails.  0, or -1
 * with 'err'. */
int load_archive (struct repo *repo, int fd, const char *name,
                  struct strlist *loaded, struct err *err);

#endif
