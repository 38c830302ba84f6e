#ifndef BASE_IO_H
#define BASE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/* Read or write all of 'n' bytes, across short transfers and EINTR.
 * io_read_full returns the count, which is less than 'n' only at the end of
 * the file, or -1 with errno; io_write_all returns 0, or -1 with errno. */
ssize_t io_read_full (int fd, void *bytes, size_t n);
int io_write_all (int fd, const void *bytes, size_t n);

/* Everything that is left to read from 'fd', at most 'max' bytes, as a string
 * with a NUL behind it; the caller frees it.  'n_bytes' (may be NULL) gets its
 * length.  NULL with 'err' when it cannot be read or is larger (code EFBIG);
 * 'path' serves the message. */
char *io_read_fd (int fd, const char *path, size_t max, size_t *n_bytes,
                  struct err *err);

/* The same for the file 'path' below 'dirfd' (or AT_FDCWD).  It must be a
 * regular file: a FIFO does not block the program. */
char *io_read_file (int dirfd, const char *path, size_t max, size_t *n_bytes,
                    struct err *err);

/* Write 'text' as the file 'path' below 'dirfd' with permissions 'mode': first
 * under another name in the same directory, then fsync, then rename, so that a
 * reader sees the old text or the new one.  0, or -1 with 'err' and the old
 * file as it was. */
int io_replace_file (int dirfd, const char *path, const char *text, mode_t mode,
                     struct err *err);

/* Make the names in directory 'dirfd' (which may be O_PATH) last through a
 * crash.  0, or -1 with errno. */
int io_sync_dir (int dirfd);

/* The target of the symbolic link 'name' in 'dirfd', which the caller frees.
 * NULL with errno: EINVAL when it is no link, ENAMETOOLONG when the target is
 * longer than a path can be. */
char *io_read_link (int dirfd, const char *name);

/* Make directory 'path' and what is missing above it, mode 0777 less the
 * umask.  0 also when it is there already. */
int io_mkdir_p (const char *path, struct err *err);

/* An absolute form of 'path' (relative to the working directory); not
 * resolved.  The caller frees it. */
char *io_absolute (const char *path);

#endif
