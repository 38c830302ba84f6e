/* cmd_create.c - udocker create IMAGE */
#include <stddef.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/program.h"
#include "store/container.h"

struct options {
    const char *name;
    bool force;
};

static const struct option_spec specs[] = {
    {"name", 0, OPTION_STRING, "NAME", offsetof (struct options, name),
     "give the container a name"},
    {"force", 0, OPTION_FLAG, NULL, offsetof (struct options, force),
     "take the name from a container that has it"},
    {0},
};

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_free char *id = NULL;

    if (!repo)
        return -1;
    id = container_create (repo, in->operands->items[0], options->name,
                           options->force, err);
    if (!id)
        return -1;
    return program_print_line (id, err);
}

const struct command cmd_create = {
    .name = "create",
    .operands = "IMAGE",
    .what = "make a container out of an image, and print its id",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
