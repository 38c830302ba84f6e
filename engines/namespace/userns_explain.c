/* userns_explain.c - why a node refuses namespaces, in words
 *
 * The kernel answers with one errno for many reasons.  A table of what can be
 * read on the node tells them apart; the first row that applies is told.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/scope.h"
#include "base/sysroot.h"
#include "engines/namespace/userns.h"

// A setting that refuses: this file holds this number.
struct refusal {
    const char *path; // below /proc/sys
    long value;       // that refuses
    int codes[3];     // errno values that it leads to, 0 ends
    const char *hint; // what it is called and what to ask for
};

static const struct refusal refusals[] = {
    {"/proc/sys/user/max_user_namespaces",
     0,
     {ENOSPC, EUSERS, EPERM},
     "user namespaces are switched off by sysctl user.max_user_namespaces=0; "
     "ask the administrator to raise it"},
    {"/proc/sys/user/max_mnt_namespaces",
     0,
     {ENOSPC, EUSERS, 0},
     "mount namespaces are switched off by sysctl user.max_mnt_namespaces=0; "
     "ask the administrator to raise it"},
    {"/proc/sys/kernel/unprivileged_userns_clone",
     0,
     {EPERM, 0, 0},
     "they are switched off by sysctl kernel.unprivileged_userns_clone=0; ask "
     "the administrator to set it to 1"},
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
     1,
     {EPERM, EACCES, 0},
     "AppArmor restricts them: sysctl "
     "kernel.apparmor_restrict_unprivileged_userns=1; ask the administrator "
     "to set it to 0 or to allow this program in a profile"},
};

static bool leads_to (const struct refusal *refusal, int code)
{
    for (int i = 0; i < 3 && refusal->codes[i]; i++)
        if (refusal->codes[i] == code)
            return true;
    return false;
}

static const char *find_setting (int code)
{
    for (size_t i = 0; i < sizeof (refusals) / sizeof (refusals[0]); i++)
        if (leads_to (&refusals[i], code) &&
            sysroot_read_long (refusals[i].path, -1) == refusals[i].value)
            return refusals[i].hint;
    return NULL;
}

// Mode 2 in /proc/self/status is a filter (proc(5)).
static bool is_filtered (void)
{
    scoped_free char *text = sysroot_read ("/proc/self/status", 1 << 16, NULL);
    const char *line = text ? strstr (text, "\nSeccomp:\t") : NULL;

    return line && line[strlen ("\nSeccomp:\t")] == '2';
}

// Only a root that is a mount point has a line of its own in mountinfo, whose
// fifth field is the mount point.
static bool is_chrooted (void)
{
    scoped_free char *text = sysroot_read ("/proc/self/mountinfo", 1 << 22,
                                           NULL);
    char *line = text;

    while (line && *line) {
        char *at = line;

        for (int field = 0; at && field < 4; field++) {
            at = strchr (at, ' ');
            at = at ? at + 1 : NULL;
        }
        if (at && strncmp (at, "/ ", 2) == 0)
            return false;
        line = strchr (line, '\n');
        line = line ? line + 1 : NULL;
    }
    return text != NULL;
}

static const char *find_reason (int code)
{
    const char *hint = find_setting (code);

    if (hint)
        return hint;
    if (code == ENOSPC || code == EUSERS)
        return "the limit in sysctl user.max_user_namespaces, or of nested "
               "namespaces, is reached";
    if (code == EINVAL || code == ENOSYS)
        return "this kernel was built without user namespaces, "
               "CONFIG_USER_NS";
    if (code == EPERM && is_chrooted ())
        return "a process inside a chroot may not create them";
    if ((code == EPERM || code == EACCES) && is_filtered ())
        return "a seccomp filter forbids it, as inside Docker and some batch "
               "systems";
    if (code == EPERM || code == EACCES)
        return "a security policy of this node forbids it, SELinux or "
               "AppArmor; ask the administrator";
    return NULL;
}

int userns_explain (int code, struct err *err)
{
    const char *reason = find_reason (code);

    return reason ? err_hint (err, "%s", reason) : -1;
}
