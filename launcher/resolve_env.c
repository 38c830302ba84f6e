/* resolve_env.c - the program's environment
 *
 * Later ones win, unless told otherwise: the image's variables; what udocker
 * tells about the container; the host's, where nothing is set yet; what the
 * launcher of the job needs; settings that its MPI needs, where nobody has set
 * them; --env-file; --env.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "launcher/resolve_parts.h"

static void set_default (struct strlist *env, const char *name,
                         const char *value)
{
    if (!env_get (env, name))
        env_set (env, name, value);
}

// The PATH of images that set none.
static const char *default_path (const struct resolve_input *in, uid_t uid)
{
    const char *path = uid == 0 ? in->config->root_path : in->config->user_path;

    return path ? path : "/usr/bin:/bin";
}

static void add_image (const struct resolve_input *in, struct strlist *env)
{
    const struct strlist *image = &in->guest->image.env;

    // of two with the same name the later one counts, as in Docker
    for (size_t i = 0; !in->options->nometa && i < image->n; i++) {
        scoped_free char *name = xstrndup (image->items[i],
                                           strcspn (image->items[i], "="));

        env_set (env, name, image->items[i] + strlen (name) + 1);
    }
}

static void add_own (const struct resolve_input *in, const struct identity *id,
                     const struct plan *plan, struct strlist *env)
{
    const struct guest *guest = in->guest;
    scoped_free char *prompt = xasprintf ("%.8s[\\W]\\$ ", guest->id);
    bool named = *guest->id && strcmp (guest->name, guest->id) != 0;

    set_default (env, "PATH", default_path (in, id->user.uid));
    set_default (env, "HOME", id->user.home);
    env_set (env, "USER", id->user.name);
    env_set (env, "LOGNAME", id->user.name);
    env_set (env, "USERNAME", id->user.name);
    set_default (env, "PS1", prompt);
    env_set (env, "SHLVL", "0");
    env_set (env, "container_ruser", in->host->user.name);
    env_set (env, "container_root", guest->root_path);
    env_set (env, "container_uuid", guest->id);
    env_set (env, "container_execmode", plan->mode);
    env_set (env, "container_names", named ? guest->name : "");
}

static bool passes (const struct resolve_input *in, const char *name)
{
    if (strlist_find (&in->config->invalid_host_env, name) >= 0)
        return false;
    return in->options->hostenv ||
           strlist_find (&in->config->valid_host_env, name) >= 0;
}

static void add_host (const struct resolve_input *in, struct strlist *env)
{
    const struct strlist *host = &in->host->environ;

    for (size_t i = 0; i < host->n; i++) {
        size_t len = strcspn (host->items[i], "=");
        scoped_free char *name = xstrndup (host->items[i], len);

        if (len == 0 || !host->items[i][len])
            continue;
        if (pmi_job_wants_env (in->job, name))
            env_set (env, name, host->items[i] + len + 1);
        else if (passes (in, name))
            set_default (env, name, host->items[i] + len + 1);
    }
}

// What the user has set in the job's environment is kept, and passed.
static void add_job_settings (const struct resolve_input *in,
                              struct strlist *env)
{
    const struct strlist *settings = &in->job->set_env;

    for (size_t i = 0; i < settings->n; i++) {
        size_t len = strcspn (settings->items[i], "=");
        scoped_free char *name = xstrndup (settings->items[i], len);
        const char *own = env_get (&in->host->environ, name);

        if (settings->items[i][len])
            set_default (env, name, own ? own : settings->items[i] + len + 1);
    }
}

// NAME=VALUE, or NAME for the host's value, if it has one.
static int add_entry (const struct resolve_input *in, const char *entry,
                      struct strlist *env, struct err *err)
{
    size_t len = strcspn (entry, "=");
    scoped_free char *name = xstrndup (entry, len);
    const char *value = entry[len] ? entry + len + 1
                                   : env_get (&in->host->environ, name);

    if (len == 0 || strpbrk (name, " \t"))
        return err_set (err, 0, "'%s' is not NAME=VALUE", entry);
    if (value)
        env_set (env, name, value);
    return 0;
}

static int add_entries (const struct resolve_input *in,
                        const struct strlist *entries, const char *option,
                        struct strlist *env, struct err *err)
{
    for (size_t i = 0; i < entries->n; i++)
        if (add_entry (in, entries->items[i], env, err) < 0)
            return err_prefix (err, "%s", option);
    return 0;
}

int resolve_env (const struct resolve_input *in, const struct identity *id,
                 struct plan *plan, struct err *err)
{
    struct strlist *env = &plan->env;

    add_image (in, env);
    add_own (in, id, plan, env);
    add_host (in, env);
    add_job_settings (in, env);
    if (add_entries (in, in->env_lines, "--env-file", env, err) < 0)
        return -1;
    return add_entries (in, &in->options->env, "--env", env, err);
}
