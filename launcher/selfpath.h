#ifndef LAUNCHER_SELFPATH_H
#define LAUNCHER_SELFPATH_H

#include "base/err.h"

/* The path of 'name' relative to the directory that holds the running program
 * ("udocker", "../libexec/udocker/x"), so that an installed tree can be moved.
 * The caller frees it.  NULL with 'err' when /proc does not tell. */
char *selfpath_beside (const char *name, struct err *err);

#endif
