/* plan.c - the plan as a value: made, filled, freed */
#include <stdlib.h>

#include "base/mem.h"
#include "plan/plan.h"

struct plan *plan_create (void)
{
    return xcalloc (1, sizeof (struct plan));
}

static void mount_clear (struct plan_mount *mount)
{
    free (mount->host_path);
    free (mount->content);
    free (mount->cpath);
}

void plan_destroy (struct plan *plan)
{
    if (!plan)
        return;
    for (size_t i = 0; i < plan->n_mounts; i++)
        mount_clear (&plan->mounts[i]);
    free (plan->mounts);
    strlist_free (&plan->argv);
    strlist_free (&plan->env);
    strlist_free (&plan->devices);
    free (plan->mode);
    free (plan->container);
    free (plan->root_path);
    free (plan->workdir_cpath);
    free (plan->cpuset);
    free (plan->keep_fds);
    free (plan);
}

static struct plan_mount *add_mount (struct plan *plan, const char *cpath)
{
    struct plan_mount *mount;

    plan->mounts = xrealloc (plan->mounts,
                             (plan->n_mounts + 1) * sizeof (*plan->mounts));
    mount = &plan->mounts[plan->n_mounts++];
    *mount = (struct plan_mount){.cpath = xstrdup (cpath)};
    return mount;
}

void plan_add_bind (struct plan *plan, const char *host_path, const char *cpath,
                    bool read_only, bool optional)
{
    struct plan_mount *mount = add_mount (plan, cpath);

    mount->host_path = xstrdup (host_path);
    mount->read_only = read_only;
    mount->optional = optional;
}

void plan_add_file (struct plan *plan, const char *content, const char *cpath)
{
    add_mount (plan, cpath)->content = xstrdup (content);
}

void plan_add_keep_fd (struct plan *plan, int fd)
{
    plan->keep_fds = xrealloc (plan->keep_fds, (plan->n_keep_fds + 1) *
                                                   sizeof (*plan->keep_fds));
    plan->keep_fds[plan->n_keep_fds++] = fd;
}
