/* cmd_install.c - udocker install
 *
 * There is nothing to download: the engines are built in.  The repository is
 * made, the engines are tried, and udocker's own tools are unpacked when
 * UDOCKER_TARBALL names them.
 */
#include <stddef.h>

#include "base/exitcode.h"
#include "base/log.h"
#include "engines/engine.h"
#include "launcher/commands.h"
#include "launcher/tools.h"

struct options {
    bool force;
    bool purge;
};

static const struct option_spec specs[] = {
    {"force", 0, OPTION_FLAG, NULL, offsetof (struct options, force),
     "unpack UDOCKER_TARBALL again, when it is set"},
    {"purge", 0, OPTION_FLAG, NULL, offsetof (struct options, purge),
     "remove what older installations left in bin, lib and doc"},
    {0},
};

// That one does not work here is worth a word, but other nodes may differ.
static void try_engines (void)
{
    for (const struct engine *engine = engine_table (); engine->mode;
         engine++) {
        struct err err = {0};

        if (engine->probe (&err) == 0)
            log_msg (LOG_INFO, "mode %s works on this machine", engine->mode);
        else
            log_msg (LOG_WARN, "mode %s does not work on this machine: %s",
                     engine->mode, err.text);
    }
}

static int install_tools (const struct invocation *in,
                          const struct repo_paths *paths, bool force,
                          struct err *err)
{
    scoped_repo struct repo *repo = NULL;

    if (!in->config->tarball)
        return 0;
    if (!force && tools_are_installed (paths)) {
        log_msg (LOG_INFO, "udocker's tools are there already "
                           "(--force unpacks them again)");
        return 0;
    }
    repo = repo_open (paths, err);
    if (!repo || tools_install (in->config, repo, in->config->tarball, err) < 0)
        return -1;
    log_msg (LOG_INFO, "udocker's tools are in '%s'", paths->bindir);
    return 0;
}

static int install (const struct invocation *in, const struct repo_paths *paths,
                    struct err *err)
{
    const struct options *options = in->options;

    if (repo_create (paths, err) < 0 ||
        (options->purge && tools_purge (paths, err) < 0) ||
        install_tools (in, paths, options->force, err) < 0)
        return -1;
    log_msg (LOG_INFO, "repository '%s'", paths->topdir);
    try_engines ();
    return EXIT_DONE;
}

static int run (const struct invocation *in, struct err *err)
{
    struct repo_paths paths;
    int status;

    config_repo_paths (in->config, &paths);
    status = install (in, &paths, err);
    repo_paths_clear (&paths);
    return status;
}

const struct command cmd_install = {
    .name = "install",
    .operands = "",
    .what = "make the repository and see what works here",
    .specs = specs,
    .options_size = sizeof (struct options),
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
