#ifndef LAUNCHER_ENV_FILE_H
#define LAUNCHER_ENV_FILE_H

#include "base/err.h"
#include "base/strlist.h"

/* Add the lines of every file of 'paths' to 'lines': NAME=VALUE or NAME, as
 * written, without empty lines and those that begin with '#'.  0, or -1 with
 * 'err'. */
int env_file_read_all (const struct strlist *paths, struct strlist *lines,
                       struct err *err);

#endif
