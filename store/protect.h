#ifndef STORE_PROTECT_H
#define STORE_PROTECT_H

#include <stdbool.h>

#include "base/err.h"
#include "store/reference.h"
#include "store/repo.h"

/* Whether the container or image whose directory is 'dirfd' is marked against
 * removal. */
bool protect_is_on (int dirfd);

/* Mark container 'name' (name or id) against removal, or take the mark away,
 * as 'on' says; one that is so already stays so.  0, or -1 with 'err', whose
 * code is ENOENT when there is no such container. */
int protect_container (const struct repo *repo, const char *name, bool on,
                       struct err *err);

/* The same for the image 'ref'. */
int protect_image (const struct repo *repo, const struct reference *ref,
                   bool on, struct err *err);

#endif
