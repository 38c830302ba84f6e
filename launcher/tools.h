#ifndef LAUNCHER_TOOLS_H
#define LAUNCHER_TOOLS_H

#include <stdbool.h>

#include "base/err.h"
#include "launcher/config.h"
#include "store/repo.h"

/* udocker's tools tarball (external engines that configurations may force):
 * its udocker_dir/{bin,lib,doc} unpacked into those of a repository.
 */

/* Unpack the first of the tarballs named by 'sources' (separated by blanks)
 * that is there.  Files of the same name are replaced, each at once.  0, or -1
 * with 'err' about the last one. */
int tools_install (const struct config *config, const struct repo *repo,
                   const char *sources, struct err *err);

/* Whether tools are in the repository. */
bool tools_are_installed (const struct repo_paths *paths);

/* Remove what is in bin, lib and doc of the repository; directories of it that
 * are elsewhere are left alone.  0, or -1 with 'err'. */
int tools_purge (const struct repo_paths *paths, struct err *err);

#endif
