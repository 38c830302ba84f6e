#ifndef STORE_MEMBERPATH_H
#define STORE_MEMBERPATH_H

#include <limits.h>

#include "base/err.h"

enum {
    MEMBERPATH_MAX_DEPTH = 256 // directories below the root
};

/* The clean form of 'name', the path of a layer's member: relative to the
 * root, no empty part, no "." and no ".."; "" for the root itself.  Names that
 * begin with '/' are taken as relative to the root.  Refused: what climbs
 * above the root, is longer than PATH_MAX or deeper than
 * MEMBERPATH_MAX_DEPTH.  0, or -1 with 'err' naming the member.
 *
 * This only gives each place one name.  That nothing outside the root is
 * reached, through symbolic links too, is the work of base/rootpath. */
int memberpath_clean (const char *name, char clean[PATH_MAX], struct err *err);

#endif
