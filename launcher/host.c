/* host.c - the caller as the host knows it */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/spawn.h"
#include "base/sysroot.h"
#include "launcher/host.h"

extern char **environ;

enum { ENTRY_MAX_BYTES = 64 << 10 }; // of one account

/* Whom the files do not know the name services may: LDAP, SSSD, NIS.  They are
 * asked through getent, since a program that is linked statically cannot load
 * them, and one that is not would pay for it at every start. */
static char *ask (const char *database, const char *key)
{
    scoped_strlist struct strlist argv = {0};

    strlist_add (&argv, "getent");
    strlist_add (&argv, database);
    strlist_add (&argv, key);
    return spawn_read (argv.items, ENTRY_MAX_BYTES, NULL);
}

/* Batch systems and logins set USER and HOME, so that a rank need not ask a
 * server for what everybody knows.  A name that the files give to somebody
 * else (left by su or sudo) is not believed. */
static bool trust_environment (const char *passwd, struct userdb_user *user)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789_-.@";
    struct userdb_user other = {0};
    const char *name = getenv ("USER");
    const char *home = getenv ("HOME");
    const char *shell = getenv ("SHELL");

    if (!name || !name[0] || name[strspn (name, letters)] || !home ||
        home[0] != '/' || strpbrk (home, ":\n"))
        return false;
    if (userdb_find_user (passwd, name, &other)) {
        userdb_user_clear (&other);
        return false;
    }
    if (!shell || shell[0] != '/' || strpbrk (shell, ":\n"))
        shell = "/bin/sh";
    *user = (struct userdb_user){
        .name = xstrdup (name),
        .home = xstrdup (home),
        .shell = xstrdup (shell),
    };
    return true;
}

static bool ask_for_uid (uid_t uid, struct userdb_user *user)
{
    scoped_free char *key = xasprintf ("%lu", (unsigned long)uid);
    scoped_free char *entry = ask ("passwd", key);

    return userdb_find_uid (entry, uid, user);
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
        !trust_environment (passwd, user) && !ask_for_uid (geteuid (), user))
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

    free (host->group);
    host->group = userdb_group_name (text, host->user.gid);
    if (!host->group)
        host->group = xstrdup (host->user.name);
}

void host_find_user (struct host *host, const char *name)
{
    scoped_free char *passwd = sysroot_read ("/etc/passwd", USERDB_MAX_BYTES,
                                             NULL);
    scoped_free char *entry = NULL;

    userdb_user_clear (&host->asked);
    host->has_asked = userdb_find_user (passwd, name, &host->asked);
    if (host->has_asked)
        return;
    entry = ask ("passwd", name);
    host->has_asked = userdb_find_user (entry, name, &host->asked);
}
