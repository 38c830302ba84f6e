/* cmd_protect.c - udocker protect CONTAINER|IMAGE */
#include "base/exitcode.h"
#include "launcher/command_protect.h"
#include "launcher/commands.h"

static int run (const struct invocation *in, struct err *err)
{
    return command_protect (in, true, err);
}

const struct command cmd_protect = {
    .name = "protect",
    .operands = "CONTAINER|IMAGE",
    .what = "keep a container or an image from being removed",
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
