/* cmd_clone.c - udocker clone CONTAINER */
#include <stddef.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/program.h"
#include "store/container_clone.h"

struct options {
    const char *name;
};

static const struct option_spec specs[] = {
    {"name", 0, OPTION_STRING, "NAME", offsetof (struct options, name),
     "give the copy a name"},
    {0},
};

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_free char *id = NULL;

    if (!repo)
        return -1;
    id = container_clone (repo, in->operands->items[0], options->name, err);
    if (!id)
        return -1;
    return program_print_line (id, err);
}

const struct command cmd_clone = {
    .name = "clone",
    .operands = "CONTAINER",
    .what = "make a copy of a container, and print its id",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
