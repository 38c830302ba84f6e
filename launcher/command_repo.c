/* command_repo.c - open the repository for a command */
#include <unistd.h>

#include "launcher/command_repo.h"

int command_make_repo (const struct invocation *in, struct err *err)
{
    struct repo_paths paths;
    int rc;

    if (in->general->repo || access (in->config->topdir, F_OK) == 0)
        return 0;
    config_repo_paths (in->config, &paths);
    rc = repo_create (&paths, err);
    repo_paths_clear (&paths);
    return rc;
}

struct repo *command_repo (const struct invocation *in, struct err *err)
{
    struct repo_paths paths;
    struct repo *repo;

    if (command_make_repo (in, err) < 0)
        return NULL;
    config_repo_paths (in->config, &paths);
    repo = repo_open (&paths, err);
    repo_paths_clear (&paths);
    return repo;
}
