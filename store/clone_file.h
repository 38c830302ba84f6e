#ifndef STORE_CLONE_FILE_H
#define STORE_CLONE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

// What copying has learned about the filesystem; {0} in the beginning.
struct clone_ways {
    bool no_reflink;    // it cannot share blocks
    bool no_copy_range; // the kernel cannot copy by itself
};

/* Give the new, empty file 'to_fd' the 'bytes' of content of 'from_fd', holes
 * as holes, in the cheapest way that works: shared blocks, a copy made by the
 * kernel or the server, or reading and writing.  0, or -1 with errno. */
int clone_file (struct clone_ways *ways, int from_fd, int to_fd, off_t bytes);

#endif
