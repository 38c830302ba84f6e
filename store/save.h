#ifndef STORE_SAVE_H
#define STORE_SAVE_H

#include "base/err.h"
#include "base/strlist.h"
#include "store/repo.h"

/* Write the images 'names' (NAME[:TAG]) as an archive to 'fd', which may be a
 * pipe, in the form of `docker save`: each layer once, as it is in the
 * repository, and verified while it is written.  0, or -1 with 'err'; what was
 * written is then no archive. */
int save_archive (const struct repo *repo, const struct strlist *names, int fd,
                  struct err *err);

/* The same to the file 'path', which gets its name when all is written; one
 * that was there stays until then.  What is no regular file is written to. */
int save_file (const struct repo *repo, const struct strlist *names,
               const char *path, struct err *err);

#endif
