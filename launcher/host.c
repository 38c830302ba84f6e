/* host.c - the caller as the host knows it */
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/sysroot.h"
#include "launcher/host.h"

extern char **environ;

enum { NSS_BYTES = 64 << 10 }; // for the strings of one entry

static void copy_user (struct userdb_user *user, const struct passwd *pw)
{
    *user = (struct userdb_user){
        .name = xstrdup (pw->pw_name),
        .uid = pw->pw_uid,
        .gid = pw->pw_gid,
        .home = xstrdup (pw->pw_dir),
        .shell = xstrdup (pw->pw_shell),
    };
}

// By the name services: by number when 'name' is NULL.
static bool ask_for_user (const char *name, uid_t uid, struct userdb_user *user)
{
    scoped_free char *bytes = xmalloc (NSS_BYTES);
    struct passwd pw;
    struct passwd *found = NULL;

    if (name)
        getpwnam_r (name, &pw, bytes, NSS_BYTES, &found);
    else
        getpwuid_r (uid, &pw, bytes, NSS_BYTES, &found);
    if (found)
        copy_user (user, found);
    return found != NULL;
}

// A user that nobody knows has a number all the same.
static void make_user_up (uid_t uid, struct userdb_user *user)
{
    *user = (struct userdb_user){
        .name = xasprintf ("uid%lu", (unsigned long)uid),
        .home = xstrdup ("/"),
        .shell = xstrdup ("/bin/sh"),
    };
}

static void find_caller (struct userdb_user *user)
{
    scoped_free char *passwd = sysroot_read ("/etc/passwd", USERDB_MAX_BYTES,
                                             NULL);
    const char *home = getenv ("HOME");

    if (!userdb_find_uid (passwd, geteuid (), user) &&
        !ask_for_user (NULL, geteuid (), user))
        make_user_up (geteuid (), user);
    // the identity is the process's, whatever its account says
    user->uid = geteuid ();
    user->gid = getegid ();
    if (home && home[0] == '/') {
        free (user->home);
        user->home = xstrdup (home);
    }
}

int host_gather (struct host *host, struct err *err)
{
    char cwd[PATH_MAX];

    *host = (struct host){0};
    find_caller (&host->user);
    host->environ.items = environ;
    while (environ && environ[host->environ.n])
        host->environ.n++;
    if (!getcwd (cwd, sizeof (cwd)))
        return err_set (err, errno, "cannot find the working directory");
    host->cwd = xstrdup (cwd);
    return 0;
}

void host_clear (struct host *host)
{
    userdb_user_clear (&host->user);
    userdb_user_clear (&host->asked);
    free (host->group);
    free (host->cwd);
    *host = (struct host){0};
}

void host_find_group (struct host *host)
{
    scoped_free char *text = sysroot_read ("/etc/group", USERDB_MAX_BYTES,
                                           NULL);
    scoped_free char *bytes = xmalloc (NSS_BYTES);
    struct group gr;
    struct group *found = NULL;

    free (host->group);
    host->group = userdb_group_name (text, host->user.gid);
    if (host->group)
        return;
    getgrgid_r (host->user.gid, &gr, bytes, NSS_BYTES, &found);
    host->group = xstrdup (found ? found->gr_name : host->user.name);
}

void host_find_user (struct host *host, const char *name)
{
    scoped_free char *passwd = sysroot_read ("/etc/passwd", USERDB_MAX_BYTES,
                                             NULL);

    userdb_user_clear (&host->asked);
    host->has_asked = userdb_find_user (passwd, name, &host->asked) ||
                      ask_for_user (name, 0, &host->asked);
}
