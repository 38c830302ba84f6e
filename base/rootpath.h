#ifndef BASE_ROOTPATH_H
#define BASE_ROOTPATH_H

#include <sys/types.h>

#include "base/err.h"

/* The one way to a path below an untrusted root.  Symbolic links, absolute
 * ones too, and '..' are followed as if 'root_dirfd' were '/', so the result
 * is never outside, whatever another process changes meanwhile.
 *
 * 'flags' are those of open(2); O_CLOEXEC is added.  With O_NOFOLLOW the last
 * part is not followed.  With O_CREAT new files get 'mode'.  Returns the
 * descriptor, or -1 with errno and 'err' (may be NULL) set.
 *
 * openat2 (Linux 5.6) does it in one call; without it the path is walked with
 * one O_PATH descriptor per part, and the place reached is checked last.
 */
int rootpath_open (int root_dirfd, const char *cpath, int flags, mode_t mode,
                   struct err *err);

/* Open the directory that holds the last part of 'cpath', O_PATH, and point
 * '*name' at that last part inside 'cpath' ("." for the root itself).  The
 * last part is not looked at.  For creating, removing and linking. */
int rootpath_open_parent (int root_dirfd, const char *cpath, const char **name,
                          struct err *err);

#endif
