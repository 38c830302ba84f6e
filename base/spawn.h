#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include <stddef.h>

#include "base/err.h"

/* Run the program of 'argv' (NULL-terminated, looked for in PATH) with the
 * environment of this process, nothing to read and its errors thrown away,
 * and return what it wrote, at most 'max' bytes; the caller frees it.  NULL
 * with 'err' when it cannot be run, writes more, or does not end with 0. */
char *spawn_read (char *const *argv, size_t max, struct err *err);

#endif
