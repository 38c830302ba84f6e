/* cmd_unprotect.c - udocker unprotect CONTAINER|IMAGE */
#include "base/exitcode.h"
#include "launcher/command_protect.h"
#include "launcher/commands.h"

static int run (const struct invocation *in, struct err *err)
{
    return command_protect (in, false, err);
}

const struct command cmd_unprotect = {
    .name = "unprotect",
    .operands = "CONTAINER|IMAGE",
    .what = "let a container or an image be removed again",
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
