/* Who the caller is: the files, then the environment, then getent. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "base/sysroot.h"
#include "launcher/host.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static char *dir;

static void put (const char *path, const char *text, mode_t mode)
{
    scoped_free char *full = xasprintf ("%s/%s", dir, path);
    struct err err = {0};

    if (io_replace_file (AT_FDCWD, full, text, mode, &err) < 0)
        printf ("# %s\n", err.text);
}

static void expect (const char *passwd, const char *user_env,
                    const char *home_env, const char *name, const char *home)
{
    struct host host;
    struct err err = {0};

    put ("etc/passwd", passwd, 0644);
    setenv ("USER", user_env, 1);
    setenv ("HOME", home_env, 1);
    if (!user_env[0])
        unsetenv ("USER");
    ok (host_gather (&host, &err) == 0, "the caller is found");
    is_str (host.user.name, name, "  its name");
    is_str (host.user.home, home, "  its home");
    ok (host.user.uid == geteuid (), "  the identity is the process's");
    host_clear (&host);
}

int main (void)
{
    scoped_free char *line = NULL;
    scoped_free char *path = NULL;
    scoped_free char *etc = NULL;
    scoped_free char *made_up = NULL;

    dir = temp_make ();
    etc = xasprintf ("%s/etc", dir);
    path = xasprintf ("%s:/usr/bin:/bin", dir);
    line = xasprintf ("me:x:%lu:7::/home/me:/bin/sh\n",
                      (unsigned long)geteuid ());
    mkdir (etc, 0755);
    sysroot_set (dir);
    setenv ("PATH", path, 1);
    put ("getent", "#!/bin/sh\nexit 2\n", 0755);

    expect (line, "other", "/h", "me", "/h");
    expect ("", "other", "/h", "other", "/h");
    put ("getent", "#!/bin/sh\necho \"ldap:x:$2:5::/ldap:/bin/sh\"\n", 0755);
    expect ("", "", "h", "ldap", "/ldap");
    expect ("other:x:99:1::/:/bin/sh\n", "other", "/h", "ldap", "/h");
    expect ("", "a:b", "/h", "ldap", "/h");
    put ("getent", "#!/bin/sh\nexit 2\n", 0755);
    made_up = xasprintf ("uid%lu", (unsigned long)geteuid ());
    expect ("", "", "h", made_up, "/");
    sysroot_set (NULL);
    temp_remove (dir);
    return tap_done ();
}
