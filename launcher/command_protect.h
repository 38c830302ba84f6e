#ifndef LAUNCHER_COMMAND_PROTECT_H
#define LAUNCHER_COMMAND_PROTECT_H

#include <stdbool.h>

#include "launcher/commands.h"

/* Mark the container, or else the image, that the operand names against
 * removal, or take the mark away.  The exit status, or -1 with 'err'. */
int command_protect (const struct invocation *in, bool on, struct err *err);

#endif
