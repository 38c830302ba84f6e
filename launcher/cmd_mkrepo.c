/* cmd_mkrepo.c - udocker mkrepo DIRECTORY */
#include "base/exitcode.h"
#include "base/io.h"
#include "launcher/commands.h"
#include "store/repo.h"

static int run (const struct invocation *in, struct err *err)
{
    struct repo_paths paths = {
        .topdir = io_absolute (in->operands->items[0]),
    };
    int rc;

    repo_paths_complete (&paths);
    rc = repo_create (&paths, err);
    repo_paths_clear (&paths);
    return rc < 0 ? -1 : EXIT_DONE;
}

const struct command cmd_mkrepo = {
    .name = "mkrepo",
    .operands = "DIRECTORY",
    .what = "make a repository in a directory of your choice",
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
