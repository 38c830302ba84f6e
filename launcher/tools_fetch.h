#ifndef LAUNCHER_TOOLS_FETCH_H
#define LAUNCHER_TOOLS_FETCH_H

#include "base/err.h"
#include "launcher/config.h"

/* Open the tarball that 'source' names: a path, file://, https://, or http://
 * where that is permitted (--insecure, or this machine itself).  What comes
 * from a server is kept in a file without a name in 'dirfd'.  Returns a
 * descriptor at the file's beginning, or -1 with 'err'. */
int tools_fetch (const struct config *config, const char *source, int dirfd,
                 struct err *err);

#endif
