/* cmd_rmi.c - udocker rmi IMAGE */
#include <stddef.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/image.h"

struct options {
    bool force;
};

static const struct option_spec specs[] = {
    {"force", 'f', OPTION_FLAG, NULL, offsetof (struct options, force),
     "go on when something is missing or in the way"},
    {0},
};

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    struct reference ref = {0};
    int rc;

    if (!repo || reference_parse (in->operands->items[0], &ref, err) < 0)
        return -1;
    rc = image_remove (repo, &ref, options->force, err);
    reference_clear (&ref);
    return rc < 0 ? -1 : EXIT_DONE;
}

const struct command cmd_rmi = {
    .name = "rmi",
    .operands = "IMAGE",
    .what = "remove an image, and the layers that no other one has",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
