/* plan_check.c - the last look at a plan before an engine follows it */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan_check.h"

enum {
    MAX_ARGS = 1 << 20,   // far above what the kernel lets through
    MAX_MOUNTS = 1 << 12, // each costs a system call per rank
    N_CPUS = 1024,
};

static int check_path (const char *what, const char *path, struct err *err)
{
    if (!path || path[0] != '/')
        return err_set (err, 0, "plan: %s '%s' is not an absolute path", what,
                        path ? path : "");
    return 0;
}

static bool is_root (const char *cpath)
{
    for (const char *at = cpath; *at; at++)
        if (*at != '/' && *at != '.')
            return false;
    return true;
}

static int check_mount (const struct plan_mount *mount, struct err *err)
{
    if (check_path ("mount point", mount->cpath, err) < 0)
        return -1;
    if (is_root (mount->cpath))
        return err_set (err, 0, "plan: '%s' cannot be mounted over",
                        mount->cpath);
    if (!mount->host_path == !mount->content)
        return err_set (err, 0,
                        "plan: mount point '%s' needs one of a path "
                        "and a content",
                        mount->cpath);
    return mount->content ? 0 : check_path ("volume", mount->host_path, err);
}

static int check_mounts (const struct plan *plan, struct err *err)
{
    if (plan->n_mounts > MAX_MOUNTS)
        return err_set (err, 0, "plan: more than %d mounts", MAX_MOUNTS);
    for (size_t i = 0; i < plan->n_mounts; i++)
        if (check_mount (&plan->mounts[i], err) < 0)
            return -1;
    return 0;
}

static int check_env (const struct strlist *env, struct err *err)
{
    for (size_t i = 0; i < env->n; i++)
        if (env->items[i][0] == '=' || !strchr (env->items[i], '='))
            return err_set (err, 0,
                            "plan: environment entry '%s' is not "
                            "NAME=VALUE",
                            env->items[i]);
    return 0;
}

static int parse_cpu (const char **at)
{
    int cpu = 0;

    if (!isdigit ((unsigned char)**at))
        return -1;
    for (; isdigit ((unsigned char)**at); (*at)++) {
        cpu = 10 * cpu + (**at - '0');
        if (cpu >= N_CPUS)
            return -1;
    }
    return cpu;
}

static void set_range (struct plan_cpus *cpus, int first, int last)
{
    const int per_long = 8 * (int)sizeof (long);

    for (int cpu = first; cpu <= last; cpu++)
        cpus->bits[cpu / per_long] |= 1UL << (cpu % per_long);
}

int plan_parse_cpuset (const char *text, struct plan_cpus *cpus)
{
    const char *at = text;

    memset (cpus, 0, sizeof (*cpus));
    for (;;) {
        int first = parse_cpu (&at);
        int last = first;

        if (*at == '-') {
            at++;
            last = parse_cpu (&at);
        }
        if (first < 0 || last < first)
            return -1;
        set_range (cpus, first, last);
        if (*at == '\0')
            return 0;
        if (*at++ != ',')
            return -1;
    }
}

static int check_cpuset (const char *cpuset, struct err *err)
{
    struct plan_cpus cpus;

    if (cpuset && plan_parse_cpuset (cpuset, &cpus) < 0)
        return err_set (err, 0,
                        "plan: '%s' is not a list of CPUs such as "
                        "0,2-3",
                        cpuset);
    return 0;
}

int plan_check (const struct plan *plan, struct err *err)
{
    if (!plan->mode)
        return err_set (err, 0, "plan: no execution mode");
    if (plan->argv.n == 0 || plan->argv.n > MAX_ARGS)
        return err_set (err, 0, "plan: no program to run");
    if (plan->argv.items[0][0] == '\0')
        return err_set (err, 0, "plan: the program's name is empty");
    if (check_path ("root", plan->root_path, err) < 0 ||
        check_path ("working directory", plan->workdir_cpath, err) < 0 ||
        check_mounts (plan, err) < 0 || check_env (&plan->env, err) < 0)
        return -1;
    return check_cpuset (plan->cpuset, err);
}
