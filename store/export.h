#ifndef STORE_EXPORT_H
#define STORE_EXPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "store/repo.h"

/* Write the root of container 'container' (a name or an id) to 'fd' as a tar,
 * with modes, times, links, holes and the user's extended attributes; all of
 * it belongs to root, as in an image.  With 'whole' its metadata too, in the
 * form that import_clone reads.  0, or -1 with 'err' and part of a tar. */
int export_container (const struct repo *repo, const char *container,
                      bool whole, int fd, struct err *err);

#endif
