/* cmd_save.c - udocker save -o FILE IMAGE... */
#include <stddef.h>
#include <string.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/save.h"

struct options {
    const char *output;
};

static const struct option_spec specs[] = {
    {"output", 'o', OPTION_STRING, "FILE", offsetof (struct options, output),
     "the archive to write; - for standard output"},
    {0},
};

static int save (const struct repo *repo, const struct strlist *names,
                 const char *path, struct err *err)
{
    if (strcmp (path, "-") != 0)
        return save_file (repo, names, path, err);
    return save_archive (repo, names, STDOUT_FILENO, err);
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = NULL;

    if (!options->output) {
        err_set (err, 0, "save: no archive is named");
        return err_hint (err, "-o FILE, or -o - for standard output");
    }
    if (strcmp (options->output, "-") == 0 && isatty (STDOUT_FILENO)) {
        err_set (err, 0, "no archive is written to a terminal");
        return err_hint (err, "-o FILE");
    }
    repo = command_repo (in, err);
    if (!repo || save (repo, in->operands, options->output, err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_save = {
    .name = "save",
    .operands = "-o FILE|- IMAGE...",
    .what = "write images to an archive that docker and others load",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = ANY_OPERANDS,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
