/* command_repo.c - open the repository for a command */
#include <fcntl.h>
#include <unistd.h>

#include "launcher/command_repo.h"

static int make_missing (const struct invocation *in,
                         const struct repo_paths *paths, struct err *err)
{
    if (in->general->repo || faccessat (AT_FDCWD, paths->topdir, F_OK, 0) == 0)
        return 0;
    return repo_create (paths, err);
}

struct repo *command_repo (const struct invocation *in, struct err *err)
{
    struct repo_paths paths;
    struct repo *repo = NULL;

    config_repo_paths (in->config, &paths);
    if (make_missing (in, &paths, err) == 0)
        repo = repo_open (&paths, err);
    repo_paths_clear (&paths);
    return repo;
}
