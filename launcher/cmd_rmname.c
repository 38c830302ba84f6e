/* cmd_rmname.c - udocker rmname NAME */
#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/container.h"

static int run (const struct invocation *in, struct err *err)
{
    scoped_repo struct repo *repo = command_repo (in, err);

    if (!repo || container_unname (repo, in->operands->items[0], err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_rmname = {
    .name = "rmname",
    .operands = "NAME",
    .what = "take a name from its container, which stays",
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
