/* cmd_rm.c - udocker rm CONTAINER... */
#include <stddef.h>

#include "base/exitcode.h"
#include "base/log.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/container.h"

struct options {
    bool force;
};

static const struct option_spec specs[] = {
    {"force", 'f', OPTION_FLAG, NULL, offsetof (struct options, force),
     "change permissions that are in the way"},
    {0},
};

// One that cannot be removed does not keep the others.
static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    int status = EXIT_DONE;

    if (!repo)
        return -1;
    for (size_t i = 0; i < in->operands->n; i++) {
        struct err why = {0};

        if (container_remove (repo, in->operands->items[i], options->force,
                              &why) < 0) {
            log_msg (LOG_ERR, "%s", why.text);
            status = EXIT_REFUSED;
        }
    }
    return status;
}

const struct command cmd_rm = {
    .name = "rm",
    .operands = "CONTAINER...",
    .what = "remove containers, with all that is in them",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = ANY_OPERANDS,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
