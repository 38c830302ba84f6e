/* userns.c - enter a user and a mount namespace without help
 *
 * A process may map its own uid and gid by itself (user_namespaces(7)); for
 * the gid it must first give up setgroups(2).  Nothing is undone on failure:
 * the caller ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "engines/namespace/userns.h"

static int write_proc (const char *path, const char *text)
{
    scoped_fd int fd = open (path, O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return -1;
    return io_write_all (fd, text, strlen (text));
}

static int deny_setgroups (void)
{
    if (write_proc ("/proc/self/setgroups", "deny") == 0)
        return 0;
    return errno == ENOENT ? 0 : -1; // kernels before 3.19 do not ask for it
}

static int map_id (const char *path, unsigned inside, unsigned outside)
{
    char line[64];

    snprintf (line, sizeof (line), "%u %u 1\n", inside, outside);
    return write_proc (path, line);
}

int userns_enter (uid_t uid, gid_t gid, struct err *err)
{
    uid_t host_uid = geteuid ();
    gid_t host_gid = getegid ();

    if (unshare (CLONE_NEWUSER | CLONE_NEWNS) < 0) {
        int code = errno;

        err_set (err, code, "cannot create a user namespace");
        return userns_explain (code, err);
    }
    if (deny_setgroups () < 0 ||
        map_id ("/proc/self/uid_map", uid, host_uid) < 0 ||
        map_id ("/proc/self/gid_map", gid, host_gid) < 0) {
        int code = errno;

        err_set (err, code, "cannot map uid %u and gid %u into the namespace",
                 (unsigned)uid, (unsigned)gid);
        return userns_explain (code, err);
    }
    return 0;
}
