/* cmd_rename.c - udocker rename NAME NEWNAME */
#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/container.h"

static int run (const struct invocation *in, struct err *err)
{
    scoped_repo struct repo *repo = command_repo (in, err);

    if (!repo || container_rename (repo, in->operands->items[0],
                                   in->operands->items[1], err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_rename = {
    .name = "rename",
    .operands = "NAME NEWNAME",
    .what = "change the name of a container",
    .min_operands = 2,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
