/* command_repo.c - open the repository for a command */
#include <stdbool.h>
#include <unistd.h>

#include "launcher/command_repo.h"

/* Another process may just be making the repository: of the directories that
 * repo_open needs, the containers' one is made last. */
static bool is_made (const struct repo_paths *paths)
{
    return access (paths->topdir, F_OK) == 0 &&
           access (paths->containersdir, F_OK) == 0;
}

int command_make_repo (const struct invocation *in, struct err *err)
{
    struct repo_paths paths;
    int rc = 0;

    if (in->general->repo)
        return 0;
    config_repo_paths (in->config, &paths);
    if (!is_made (&paths))
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
