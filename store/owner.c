/* owner.c - processes by a name that means the same on every node
 *
 * A PID alone says nothing: another node has it too, and so has this one after
 * a while.  Host, boot and start time make it unique; the PID namespace is
 * there since a process of another one is invisible here although it lives.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "base/sysroot.h"
#include "store/owner.h"

enum {
    PROC_MAX = 4096, // bytes of /proc/PID/stat and of the boot id
};

struct owner {
    char host[65];            // as uname tells it
    char boot[40];            // boot id, a UUID
    char pidns[32];           // number of the PID namespace
    long pid;                 // in that namespace
    unsigned long long start; // clock ticks after boot
};

// Clock ticks after boot when 'pid' was started; 0 when that cannot be known.
static unsigned long long start_time (long pid)
{
    scoped_free char *path = xasprintf ("/proc/%ld/stat", pid);
    scoped_free char *stat = sysroot_read (path, PROC_MAX, NULL);
    // the program's name, field 2, may hold anything, a ')' too
    const char *at = stat ? strrchr (stat, ')') : NULL;

    for (int field = 2; at && field < 22; field++) {
        at = strchr (at, ' ');
        if (at)
            at++;
    }
    return at ? strtoull (at, NULL, 10) : 0;
}

static void own_host (char *host, size_t size)
{
    struct utsname names;

    if (uname (&names) < 0)
        names.nodename[0] = '\0';
    snprintf (host, size, "%s", names.nodename);
    for (char *c = host; *c; c++) {
        if (*c == ':' || *c == '/')
            *c = '_';
    }
}

static void own_boot (char *boot, size_t size)
{
    scoped_free char *id = sysroot_read ("/proc/sys/kernel/random/boot_id",
                                         PROC_MAX, NULL);

    snprintf (boot, size, "%.*s", id ? (int)strcspn (id, "\n:/") : 0,
              id ? id : "");
}

static void own_pidns (char *pidns, size_t size)
{
    char link[64];
    ssize_t n = readlink ("/proc/self/ns/pid", link, sizeof (link) - 1);
    unsigned long long number = 0;

    link[n > 0 ? n : 0] = '\0';
    if (sscanf (link, "pid:[%llu]", &number) != 1)
        number = 0;
    snprintf (pidns, size, "%llu", number);
}

static void owner_fill (struct owner *self)
{
    own_host (self->host, sizeof (self->host));
    own_boot (self->boot, sizeof (self->boot));
    own_pidns (self->pidns, sizeof (self->pidns));
    self->pid = getpid ();
    self->start = start_time (self->pid);
}

char *owner_self (void)
{
    struct owner self;

    owner_fill (&self);
    return xasprintf ("%s:%s:%s:%ld:%llu", self.host, self.boot, self.pidns,
                      self.pid, self.start);
}

static bool owner_parse (const char *name, struct owner *owner)
{
    char pid[16];
    int n = sscanf (name, "%64[^:]:%39[^:]:%31[0-9]:%15[0-9]:%20llu",
                    owner->host, owner->boot, owner->pidns, pid, &owner->start);

    return n == 5 && num_parse (pid, 1, 0x7fffffff, &owner->pid) == 0;
}

// A host that was never given a name shares it with others.
static bool host_is_unique (const char *host)
{
    return host[0] && strncmp (host, "localhost", 9) != 0;
}

static bool process_is_gone (const struct owner *owner)
{
    unsigned long long start;

    if (kill ((pid_t)owner->pid, 0) < 0 && errno == ESRCH)
        return true;
    start = start_time (owner->pid);
    return start && owner->start && start != owner->start;
}

bool owner_is_dead (const char *name)
{
    struct owner owner, self;

    if (!owner_parse (name, &owner))
        return false;
    owner_fill (&self);
    if (strcmp (owner.host, self.host) != 0 || !self.boot[0])
        return false;
    if (strcmp (owner.boot, self.boot) != 0)
        return host_is_unique (self.host);
    if (strcmp (owner.pidns, self.pidns) != 0 || strcmp (self.pidns, "0") == 0)
        return false;
    return process_is_gone (&owner);
}
