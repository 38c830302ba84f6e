#ifndef STORE_CLONE_H
#define STORE_CLONE_H

#include <stdbool.h>

#include "base/err.h"

/* Copy the tree of directory 'from_fd' into the empty directory 'to_fd', which
 * nobody else changes: content, modes, times, symbolic links, hard links
 * within the tree, the user's extended attributes; holes stay holes, blocks
 * are shared where the filesystem can.  Of the top only the entries for which
 * 'is_part' is true; NULL: all.  0, or -1 with 'err' and part of a copy, which
 * the caller throws away. */
int clone_tree (int from_fd, int to_fd, bool (*is_part) (const char *name),
                struct err *err);

#endif
