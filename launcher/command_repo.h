#ifndef LAUNCHER_COMMAND_REPO_H
#define LAUNCHER_COMMAND_REPO_H

#include "launcher/commands.h"
#include "store/repo.h"

/* Make the repository if it is not there, unless --repo names it: then it was
 * mistyped.  0, or -1 with 'err'. */
int command_make_repo (const struct invocation *in, struct err *err);

/* The repository that a command works on.  One that is not there is made as
 * above.  NULL with 'err'.  The caller
 * closes it. */
struct repo *command_repo (const struct invocation *in, struct err *err);

#endif
