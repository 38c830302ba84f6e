/* resolve_mounts.c - what of the host appears in the container, and where
 *
 * What the user asks for comes first; system directories, the home directory
 * and what the launcher needs are added where nothing else is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "launcher/cpath.h"
#include "launcher/resolve_parts.h"

// One HOST[:CONTAINER[:ro|rw]].
struct volume {
    char *host_path; // absolute
    char *cpath;     // absolute, normal
    bool read_only;
};

static void volume_clear (struct volume *volume)
{
    free (volume->host_path);
    free (volume->cpath);
}

static bool is_excluded (const struct strlist *novol, const char *path)
{
    for (size_t i = 0; i < novol->n; i++) {
        scoped_free char *normal = cpath_normal (novol->items[i]);

        if (normal && strcmp (normal, path) == 0)
            return true;
    }
    return false;
}

static bool is_mount_point (const struct plan *plan, const char *cpath)
{
    for (size_t i = 0; i < plan->n_mounts; i++)
        if (strcmp (plan->mounts[i].cpath, cpath) == 0)
            return true;
    return false;
}

bool resolve_is_taken (const struct resolve_input *in, const struct plan *plan,
                       const char *cpath)
{
    return is_excluded (&in->options->novol, cpath) ||
           is_mount_point (plan, cpath);
}

bool resolve_shows (const struct plan *plan, const char *path)
{
    const struct plan_mount *nearest = NULL;

    for (size_t i = 0; i < plan->n_mounts; i++) {
        const struct plan_mount *mount = &plan->mounts[i];

        if (cpath_is_below (path, mount->cpath) &&
            (!nearest || strlen (mount->cpath) > strlen (nearest->cpath)))
            nearest = mount;
    }
    return nearest && nearest->host_path && !nearest->read_only &&
           strcmp (nearest->host_path, nearest->cpath) == 0;
}

static int parse_flags (const char *flags, bool *read_only)
{
    *read_only = strcmp (flags, "ro") == 0;
    return *read_only || strcmp (flags, "rw") == 0 ? 0 : -1;
}

// The host's path, made absolute and, if it has no '..', normal.
static char *host_path (const struct host *host, const char *path)
{
    scoped_free char *absolute = path[0] == '/'
                                     ? xstrdup (path)
                                     : xasprintf ("%s/%s", host->cwd, path);
    char *normal = cpath_normal (absolute);

    return normal ? normal : ptr_take (&absolute);
}

static int parse_volume (const struct host *host, const char *spec,
                         struct volume *volume, struct err *err)
{
    size_t len = strcspn (spec, ":");
    scoped_free char *first = xstrndup (spec, len);
    const char *rest = spec[len] ? spec + len + 1 : "";
    size_t rest_len = strcspn (rest, ":");
    scoped_free char *second = xstrndup (rest, rest_len);

    *volume = (struct volume){0};
    if (len == 0)
        return err_set (err, 0, "volume '%s' names nothing of the host", spec);
    if (rest[rest_len] &&
        parse_flags (rest + rest_len + 1, &volume->read_only) < 0)
        return err_set (err, 0, "volume '%s' ends in neither ':ro' nor ':rw'",
                        spec);
    volume->host_path = host_path (host, first);
    volume->cpath = cpath_normal (*second ? second : volume->host_path);
    if (!volume->cpath)
        return err_set (err, 0,
                        "volume '%s' needs an absolute path in the container, "
                        "without '..'",
                        spec);
    return 0;
}

static void add (const struct resolve_input *in, struct plan *plan,
                 const struct volume *volume, bool optional)
{
    if (resolve_is_taken (in, plan, volume->cpath) ||
        is_excluded (&in->options->novol, volume->host_path))
        return;
    plan_add_bind (plan, volume->host_path, volume->cpath, volume->read_only,
                   optional);
}

static int add_spec (const struct resolve_input *in, struct plan *plan,
                     const char *spec, bool optional, struct err *err)
{
    struct volume volume;
    int rc = parse_volume (in->host, spec, &volume, err);

    if (rc == 0)
        add (in, plan, &volume, optional);
    volume_clear (&volume);
    return rc;
}

static int add_home (const struct resolve_input *in, struct plan *plan,
                     struct err *err)
{
    const char *home = in->host->user.home;

    if (!in->options->bindhome)
        return 0;
    if (strcmp (home, "/") == 0)
        return err_set (err, 0, "--bindhome: there is no home directory");
    return add_spec (in, plan, home, false, err);
}

// Of two for the same place the later one counts: they are added backwards.
static int add_volumes (const struct resolve_input *in, struct plan *plan,
                        struct err *err)
{
    const struct strlist *volumes = &in->options->volumes;

    for (size_t i = volumes->n; i-- > 0;)
        if (add_spec (in, plan, volumes->items[i], false, err) < 0)
            return -1;
    for (size_t i = 0; i < plan->n_mounts / 2; i++) {
        struct plan_mount *other = &plan->mounts[plan->n_mounts - 1 - i];
        struct plan_mount mount = plan->mounts[i];

        plan->mounts[i] = *other;
        *other = mount;
    }
    return 0;
}

int resolve_binds (const struct resolve_input *in, struct plan *plan,
                   struct err *err)
{
    const struct strlist *sysdirs = &in->config->sysdirs_list;

    if (add_volumes (in, plan, err) < 0 || add_home (in, plan, err) < 0)
        return -1;
    for (size_t i = 0; !in->options->nosysdirs && i < sysdirs->n; i++)
        if (add_spec (in, plan, sysdirs->items[i], true, err) < 0)
            return err_prefix (err, "sysdirs_list");
    for (size_t i = 0; i < in->job->dirs.n; i++)
        if (!resolve_shows (plan, in->job->dirs.items[i]) &&
            add_spec (in, plan, in->job->dirs.items[i], false, err) < 0)
            return -1;
    return 0;
}

void resolve_sort_mounts (struct plan *plan)
{
    for (size_t i = 1; i < plan->n_mounts; i++) {
        struct plan_mount mount = plan->mounts[i];
        int depth = cpath_depth (mount.cpath);
        size_t at = i;

        for (; at > 0 && cpath_depth (plan->mounts[at - 1].cpath) > depth; at--)
            plan->mounts[at] = plan->mounts[at - 1];
        plan->mounts[at] = mount;
    }
}
