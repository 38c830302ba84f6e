/* cmd_name.c - udocker name CONTAINER NAME */
#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/container.h"

static int run (const struct invocation *in, struct err *err)
{
    scoped_repo struct repo *repo = command_repo (in, err);

    if (!repo || container_name (repo, in->operands->items[0],
                                 in->operands->items[1], err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_name = {
    .name = "name",
    .operands = "CONTAINER NAME",
    .what = "give a container a name that is easier to remember",
    .min_operands = 2,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
