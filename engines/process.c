/* process.c - what every engine does to its own process before it becomes the
 * program, and the becoming */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/mem.h"
#include "base/scope.h"
#include "engines/process.h"
#include "plan/plan_check.h"

int process_check_fds (const struct plan *plan, struct err *err)
{
    for (size_t i = 0; i < plan->n_keep_fds; i++)
        if (fcntl (plan->keep_fds[i], F_GETFD) < 0)
            return err_set (err, errno,
                            "descriptor %d, which the launcher should have "
                            "left open, cannot be passed on",
                            plan->keep_fds[i]);
    return 0;
}

int process_set_cpus (const struct plan *plan, struct err *err)
{
    struct plan_cpus cpus;

    if (!plan->cpuset || plan_parse_cpuset (plan->cpuset, &cpus) < 0)
        return 0; // plan_check has seen it
    if (sched_setaffinity (0, sizeof (cpus), (const cpu_set_t *)&cpus) < 0)
        return err_set (err, errno,
                        "this process may use none of the CPUs '%s'",
                        plan->cpuset);
    return 0;
}

static bool is_there (const char *path)
{
    struct stat st;

    return stat (path, &st) == 0 && !S_ISDIR (st.st_mode);
}

// The message and the status for a program that execve refused.
static int explain_exec (const char *path, int code, struct err *err)
{
    if (code == ENOENT && is_there (path)) {
        err_set (err, code, "cannot run '%s' in the container", path);
        err_hint (err, "the interpreter or loader that it names is missing");
        return EXIT_NOT_RUNNABLE;
    }
    if (code == ENOENT || code == ENOTDIR) {
        err_set (err, 0, "there is no program '%s' in the container", path);
        return EXIT_NOT_FOUND;
    }
    err_set (err, code, "cannot run '%s' in the container", path);
    if (code == ENOEXEC)
        err_hint (err, "it is for another kind of processor, or a script "
                       "without a #! line");
    return EXIT_NOT_RUNNABLE;
}

// As execvp: a file in PATH that may not be run is passed over, and told only
// when none can.
static int exec_in_path (const char *name, const char *path, char **argv,
                         char **env, struct err *err)
{
    scoped_free char *refused = NULL;
    int refused_code = 0;

    while (*path) {
        size_t n = strcspn (path, ":");
        scoped_free char *full = xasprintf ("%.*s/%s", n ? (int)n : 1,
                                            n ? path : ".", name);

        int code;

        execve (full, argv, env);
        code = errno;
        if ((code != ENOENT && code != ENOTDIR) || is_there (full)) {
            refused_code = code;
            free (refused);
            refused = ptr_take (&full);
        }
        path += n + (path[n] == ':');
    }
    if (refused)
        return explain_exec (refused, refused_code, err);
    err_set (err, 0, "there is no program '%s' in the container's PATH", name);
    return EXIT_NOT_FOUND;
}

int process_exec (const struct plan *plan, struct err *err)
{
    static const char default_path[] = "/usr/local/bin:/usr/bin:/bin";
    const char *name = plan->argv.items[0];
    const char *path = env_get (&plan->env, "PATH");
    char *no_env[] = {NULL};
    char **env = plan->env.n ? plan->env.items : no_env;

    if (chdir (plan->workdir_cpath) < 0) {
        err_set (err, errno, "cannot start in directory '%s' of the container",
                 plan->workdir_cpath);
        err_hint (err, "choose another with --workdir");
        return EXIT_OWN_FAILURE;
    }
    if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) {
        err_set (err, errno, "cannot give up gaining privileges");
        return EXIT_OWN_FAILURE;
    }
    if (!strchr (name, '/'))
        return exec_in_path (name, path ? path : default_path, plan->argv.items,
                             env, err);
    execve (name, plan->argv.items, env);
    return explain_exec (name, errno, err);
}
