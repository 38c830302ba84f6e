#ifndef LAUNCHER_COMMAND_REPO_H
#define LAUNCHER_COMMAND_REPO_H

#include "launcher/commands.h"
#include "store/repo.h"

/* The repository that a command works on.  One that is not there is made,
 * unless --repo names it: then it was mistyped.  NULL with 'err'.  The caller
 * closes it. */
struct repo *command_repo (const struct invocation *in, struct err *err);

#endif
