#ifndef BASE_SYSROOT_H
#define BASE_SYSROOT_H

#include <stddef.h>

#include "base/err.h"

/* /proc, /sys, /dev and /etc of the host, behind a root that tests set: a
 * recorded node is then a directory of files.
 */

/* Read everything below 'path' instead of '/' from now on; "" or NULL for the
 * host itself.  'path' must outlive its use. */
void sysroot_set (const char *path);

/* The text of file 'path' (absolute), at most 'max' bytes; the caller frees
 * it.  NULL with 'err' when it is missing or larger. */
char *sysroot_read (const char *path, size_t max, struct err *err);

/* The number that the file holds, or 'fallback' when it cannot be read. */
long sysroot_read_long (const char *path, long fallback);

#endif
