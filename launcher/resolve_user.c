/* resolve_user.c - who the program is, and the files that tell it so */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "launcher/resolve_parts.h"

void identity_clear (struct identity *id)
{
    userdb_user_clear (&id->user);
}

static void copy_user (struct userdb_user *to, const struct userdb_user *from)
{
    *to = (struct userdb_user){
        .name = xstrdup (from->name),
        .uid = from->uid,
        .gid = from->gid,
        .home = xstrdup (from->home),
        .shell = xstrdup (from->shell),
    };
}

// Accounts that need not stand in any file.
static void make_user (const struct resolve_input *in, uid_t uid,
                       struct userdb_user *user)
{
    bool root = uid == 0;

    *user = (struct userdb_user){
        .name = root ? xstrdup ("root")
                     : xasprintf ("uid%lu", (unsigned long)uid),
        .uid = uid,
        .gid = root ? 0 : in->host->user.gid,
        .home = xstrdup (root ? "/root" : "/"),
        .shell = xstrdup ("/bin/sh"),
    };
}

static void take_uid (const struct resolve_input *in, uid_t uid,
                      struct identity *id)
{
    const struct userdb_user *caller = &in->host->user;

    if (in->options->hostauth && uid == caller->uid) {
        copy_user (&id->user, caller);
        return;
    }
    id->in_passwd = userdb_find_uid (in->guest->passwd, uid, &id->user);
    if (id->in_passwd)
        return;
    if (uid == caller->uid)
        copy_user (&id->user, caller);
    else
        make_user (in, uid, &id->user);
}

static int take_name (const struct resolve_input *in, const char *name,
                      struct identity *id, struct err *err)
{
    const struct host *host = in->host;

    if (in->options->hostauth && host->has_asked) {
        copy_user (&id->user, &host->asked);
        return 0;
    }
    id->in_passwd = userdb_find_user (in->guest->passwd, name, &id->user);
    if (id->in_passwd)
        return 0;
    if (strcmp (name, host->user.name) == 0) {
        copy_user (&id->user, &host->user);
        return 0;
    }
    if (strcmp (name, "root") == 0) {
        make_user (in, 0, &id->user);
        return 0;
    }
    err_set (err, 0, "user '%s' is not known in the container", name);
    return err_hint (
        err, "--user=UID:GID needs no account%s",
        in->options->hostauth ? "" : ", --hostauth takes the host's accounts");
}

static int take_group (const struct resolve_input *in, const char *group,
                       struct identity *id, struct err *err)
{
    if (userdb_parse_id (group, &id->user.gid) ||
        userdb_find_group (in->guest->group, group, &id->user.gid))
        return 0;
    err_set (err, 0, "group '%s' is not known in the container", group);
    return err_hint (err, "a number needs no entry");
}

// USER or USER:GROUP, each a name or a number.
static int take_spec (const struct resolve_input *in, const char *spec,
                      struct identity *id, struct err *err)
{
    size_t len = strcspn (spec, ":");
    scoped_free char *name = xstrndup (spec, len);
    uid_t uid;

    if (len == 0)
        return err_set (err, 0, "user '%s' is neither a name nor a number",
                        spec);
    if (userdb_parse_id (name, &uid))
        take_uid (in, uid, id);
    else if (take_name (in, name, id, err) < 0)
        return -1;
    return spec[len] ? take_group (in, spec + len + 1, id, err) : 0;
}

static bool is_root (const char *spec)
{
    size_t len = strcspn (spec, ":");

    return (len == 4 && strncmp (spec, "root", 4) == 0) ||
           (len == 1 && spec[0] == '0');
}

/* The user that the image names counts only where nobody minds: PMIx checks
 * that a rank is the uid that started the job, and root is asked for by the
 * user alone. */
static const char *image_user (const struct resolve_input *in)
{
    const char *user = in->guest->image.user;

    if (!user || in->options->nometa || in->job->wire != PMI_WIRE_NONE ||
        is_root (user))
        return NULL;
    return user;
}

int identity_resolve (const struct resolve_input *in, struct identity *id,
                      struct err *err)
{
    const char *spec = in->options->user ? in->options->user : image_user (in);

    *id = (struct identity){0};
    if (spec)
        return take_spec (in, spec, id, err);
    take_uid (in, in->host->user.uid, id);
    // the own account in the container may have another primary group
    id->user.gid = in->host->user.gid;
    return 0;
}

void identity_settle_home (const struct resolve_input *in,
                           const struct plan *plan, struct identity *id)
{
    if (id->in_passwd || in->options->hostauth || id->user.uid == 0 ||
        resolve_shows (plan, id->user.home))
        return;
    free (id->user.home);
    id->user.home = xstrdup ("/");
}

static void add_file (const struct resolve_input *in, struct plan *plan,
                      const char *cpath, char *content)
{
    if (!resolve_is_taken (in, plan, cpath))
        plan_add_file (plan, content, cpath);
    free (content);
}

// The name of a group that the container's file lacks.
static char *group_name (const struct resolve_input *in, gid_t gid)
{
    if (gid == in->host->user.gid && in->host->group)
        return xstrdup (in->host->group);
    return gid == 0 ? xstrdup ("root")
                    : xasprintf ("gid%lu", (unsigned long)gid);
}

static void add_group (const struct resolve_input *in, gid_t gid,
                       struct plan *plan)
{
    scoped_free char *name = group_name (in, gid);

    add_file (in, plan, "/etc/group",
              userdb_add_group (in->guest->group, name, gid));
}

void resolve_accounts (const struct resolve_input *in,
                       const struct identity *id, struct plan *plan)
{
    const struct guest *guest = in->guest;

    // a volume that brings /etc brings its accounts
    if (in->options->containerauth || resolve_is_taken (in, plan, "/etc"))
        return;
    if (!id->in_passwd)
        add_file (in, plan, "/etc/passwd",
                  userdb_add_user (guest->passwd, &id->user));
    if (!userdb_has_gid (guest->group, id->user.gid))
        add_group (in, id->user.gid, plan);
}
