/* resolve_argv.c - the program and its words, by Docker's rules */
#include "launcher/resolve_parts.h"

static const struct strlist none = {0};

/* A program on the command line takes the place of the image's Cmd; one given
 * by --entrypoint takes the place of both, since that Cmd was meant for
 * another program. */
void resolve_argv (const struct resolve_input *in, struct plan *plan)
{
    const char *given = in->options->entrypoint;
    const struct image_config *image = &in->guest->image;
    bool ours = given || in->options->nometa;
    const struct strlist *entrypoint = ours ? &none : &image->entrypoint;
    const struct strlist *cmd = ours ? &none : &image->cmd;

    if (given && *given)
        strlist_add (&plan->argv, given);
    strlist_add_all (&plan->argv, entrypoint->items);
    strlist_add_all (&plan->argv,
                     in->command->n > 0 ? in->command->items : cmd->items);
    if (plan->argv.n > 0)
        return;
    if (in->guest->lacks_shell)
        strlist_add (&plan->argv, "/bin/sh");
    else
        strlist_add_all (&plan->argv, in->config->cmd.items);
}
