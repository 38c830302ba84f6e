/* resolve.c - the plan of one start, out of everything that has a say in it
 *
 * Pure, as all of resolve_*.c: the caller has gathered what the host and the
 * container tell, engines do what the plan says.
 */
#include <string.h>

#include "base/mem.h"
#include "launcher/cpath.h"
#include "launcher/resolve_parts.h"

/* This run's option, else what the container was set up for, else what the
 * configuration prefers. */
static const char *choose_mode (const struct resolve_input *in)
{
    if (in->options->execmode)
        return in->options->execmode;
    if (in->guest->mode)
        return in->guest->mode;
    return config_default_mode (in->config);
}

static int choose_workdir (const struct resolve_input *in, struct plan *plan,
                           struct err *err)
{
    const char *image = in->options->nometa ? NULL : in->guest->image.workdir;

    if (in->options->workdir && in->options->workdir[0] != '/')
        return err_set (err, 0,
                        "working directory '%s' is not an absolute path",
                        in->options->workdir);
    if (in->options->workdir)
        plan->workdir_cpath = xstrdup (in->options->workdir);
    else if (image)
        // relative ones are meant from the root
        plan->workdir_cpath = xasprintf ("%s%s", *image == '/' ? "" : "/",
                                         image);
    else
        plan->workdir_cpath = xstrdup ("/");
    return 0;
}

static int fill (const struct resolve_input *in, struct plan *plan,
                 struct identity *id, struct err *err)
{
    if (identity_resolve (in, id, err) < 0 ||
        resolve_binds (in, plan, err) < 0 || choose_workdir (in, plan, err) < 0)
        return -1;
    identity_settle_home (in, plan, id);
    resolve_accounts (in, id, plan);
    resolve_sort_mounts (plan);
    resolve_argv (in, plan);
    plan->uid = id->user.uid;
    plan->gid = id->user.gid;
    return resolve_env (in, id, plan, err);
}

struct plan *resolve (const struct resolve_input *in, struct err *err)
{
    scoped_plan struct plan *plan = plan_create ();
    struct identity id = {0};
    int rc;

    plan->mode = xstrdup (choose_mode (in));
    plan->container = xstrdup (in->guest->name);
    plan->root_path = xstrdup (in->guest->root_path);
    plan->cpuset = xstrdup (in->options->cpuset);
    for (int i = 0; i < in->job->n_fds; i++)
        plan_add_keep_fd (plan, in->job->fds[i]);
    rc = fill (in, plan, &id, err);
    identity_clear (&id);
    return rc < 0 ? NULL : ptr_take (&plan);
}
