/* temp.h - a directory of a test's own, removed at its end */
#ifndef TESTS_UNIT_TEMP_H
#define TESTS_UNIT_TEMP_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/tree.h"

// A new directory; the caller frees its path after temp_remove.
static inline char *temp_make (void)
{
    const char *tmp = getenv ("TMPDIR");
    char *path = xasprintf ("%s/udocker-test.XXXXXX", tmp ? tmp : "/tmp");

    if (!mkdtemp (path)) {
        perror (path);
        exit (1);
    }
    return path;
}

static inline void temp_remove (char *path)
{
    tree_remove (AT_FDCWD, path, NULL);
    free (path);
}

#endif
