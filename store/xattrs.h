#ifndef STORE_XATTRS_H
#define STORE_XATTRS_H

#include <stddef.h>

#include "base/err.h"

typedef int xattrs_f (void *arg, const char *name, const void *value, size_t n,
                      struct err *err);

/* Call 'visit' for each of the user's own extended attributes ("user.") of
 * 'fd', a file or directory open for reading.  A filesystem without attributes
 * has none.  0, or -1 with the 'err' of the call that refused. */
int xattrs_each (int fd, xattrs_f *visit, void *arg, struct err *err);

#endif
