/* deny.c - run a command in which chosen system calls fail
 *
 * usage: deny CALL=ERRNO[,CALL=ERRNO...] COMMAND [ARG...]
 *   deny openat2=38,mount_setattr=38 run-plan x.json      (38 is ENOSYS)
 *
 * ERRNO is a number.  The filter passes to every child, so that code for older
 * kernels and stricter sites runs on this one.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"

static int deny_one (scmp_filter_ctx ctx, const char *rule, size_t len)
{
    scoped_free char *name = xstrndup (rule, len);
    char *value = strchr (name, '=');
    long code;
    int nr;

    if (!value)
        return -EINVAL;
    *value++ = '\0';
    nr = seccomp_syscall_resolve_name (name);
    if (nr == __NR_SCMP_ERROR || num_parse (value, 1, 4095, &code) < 0)
        return -EINVAL;
    return seccomp_rule_add (ctx, SCMP_ACT_ERRNO ((unsigned)code), nr, 0);
}

static int deny_all (scmp_filter_ctx ctx, const char *rules)
{
    while (*rules) {
        size_t n = strcspn (rules, ",");
        int rc = deny_one (ctx, rules, n);

        if (rc < 0)
            return rc;
        rules += n + (rules[n] == ',');
    }
    return seccomp_load (ctx);
}

int main (int argc, char **argv)
{
    scmp_filter_ctx ctx = seccomp_init (SCMP_ACT_ALLOW);
    int rc;

    if (argc < 3 || !ctx) {
        fprintf (stderr, "usage: deny CALL=ERRNO[,...] COMMAND [ARG...]\n");
        return 2;
    }
    rc = deny_all (ctx, argv[1]);
    if (rc < 0) {
        fprintf (stderr, "deny: cannot deny '%s': %s\n", argv[1],
                 strerror (-rc));
        return 2;
    }
    seccomp_release (ctx);
    execvp (argv[2], argv + 2);
    fprintf (stderr, "deny: cannot run '%s': %s\n", argv[2], strerror (errno));
    return 127;
}
