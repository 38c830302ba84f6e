/* step.c - what the environment says about a step of a SLURM job */
#include <ctype.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "base/strbuf.h"
#include "base/sysroot.h"
#include "pmi/step.h"

enum {
    MAX_CONF = 16 << 20, // bytes of slurm.conf; large sites have one
};

/* Higher numbers are SLURM's own: the batch script, salloc's shell (with
 * use_interactive_step), the external step. */
static const long max_step_id = 0xfffffff0;

static const char *env_or_empty (const struct strlist *environ,
                                 const char *name)
{
    const char *value = env_get (environ, name);

    return value ? value : "";
}

bool step_is_task (const struct strlist *environ)
{
    long id;

    return env_get (environ, "SLURM_PROCID") &&
           num_parse (env_or_empty (environ, "SLURM_STEP_ID"), 0, max_step_id,
                      &id) == 0;
}

static bool is_step_name (const char *name)
{
    size_t job = strspn (name, "0123456789");
    size_t step = name[job] == '.' ? strspn (name + job + 1, "0123456789") : 0;

    return job > 0 && step > 0 && name[job + 1 + step] == '\0';
}

bool step_is_named (const struct strlist *environ, const char *name)
{
    scoped_free char *own = xasprintf ("%s.%s",
                                       env_or_empty (environ, "SLURM_JOB_ID"),
                                       env_or_empty (environ, "SLURM_STEP_ID"));

    return !is_step_name (name) || strcmp (name, own) == 0;
}

// A number at '*at', which moves behind it; -1 when there is none.
static long take_number (const char **at)
{
    long n = 0;

    if (!isdigit ((unsigned char)**at))
        return -1;
    for (; isdigit ((unsigned char)**at); (*at)++) {
        n = 10 * n + (**at - '0');
        if (n > INT_MAX)
            return -1;
    }
    return n;
}

// The "(x3)" behind a number of tasks; 1 when it is not there.
static long take_repeat (const char **at)
{
    long n;

    if (**at != '(')
        return 1;
    if ((*at)[1] != 'x')
        return -1;
    *at += 2;
    n = take_number (at);
    if (**at != ')')
        return -1;
    (*at)++;
    return n;
}

int step_tasks_on_node (const char *list, long node)
{
    for (const char *at = list; node >= 0; at++) {
        long n_tasks = take_number (&at);
        long n_nodes = n_tasks < 0 ? -1 : take_repeat (&at);

        if (n_nodes < 1 || (*at != ',' && *at != '\0'))
            return -1;
        if (node < n_nodes)
            return (int)n_tasks;
        node -= n_nodes;
        if (*at == '\0')
            return -1;
    }
    return -1;
}

static bool is_own_dir (const char *path)
{
    struct stat st;

    return lstat (path, &st) == 0 && S_ISDIR (st.st_mode) &&
           st.st_uid == getuid ();
}

// The session directory below 'tmp' (may be NULL); NULL when it is not there.
static char *appdir_below (const struct strlist *environ, const char *tmp)
{
    const char *job = env_or_empty (environ, "SLURM_JOB_ID");
    const char *step = env_or_empty (environ, "SLURM_STEP_ID");
    scoped_free char *path = NULL;

    if (!tmp || tmp[0] != '/')
        return NULL;
    path = xasprintf ("%s/spmix_appdir_%u_%s.%s", tmp, (unsigned)getuid (), job,
                      step);
    if (is_own_dir (path))
        return ptr_take (&path);
    // before SLURM 20.11
    free (path);
    path = xasprintf ("%s/spmix_appdir_%s.%s", tmp, job, step);
    return is_own_dir (path) ? ptr_take (&path) : NULL;
}

// The value of 'line' if it sets 'key' (in any case), cut off in place.
static char *conf_value (char *line, const char *key)
{
    size_t len = strlen (key);

    line += strspn (line, " \t");
    if (strncasecmp (line, key, len) != 0)
        return NULL;
    line += len;
    line += strspn (line, " \t");
    if (*line++ != '=')
        return NULL;
    line += strspn (line, " \t\"");
    line[strcspn (line, " \t\"#\r")] = '\0';
    return line;
}

// 'value' with the node's names in place of %n and %h.
static char *expand_node (const struct strlist *environ, const char *value)
{
    scoped_strbuf struct strbuf path = {0};
    char host[HOST_NAME_MAX + 1] = "";

    strbuf_init (&path, PATH_MAX);
    gethostname (host, sizeof (host) - 1);
    host[strcspn (host, ".")] = '\0';
    for (const char *at = value; *at; at++) {
        if (strncmp (at, "%n", 2) == 0)
            strbuf_adds (&path, env_or_empty (environ, "SLURMD_NODENAME"));
        else if (strncmp (at, "%h", 2) == 0)
            strbuf_adds (&path, host);
        else {
            strbuf_addc (&path, *at);
            continue;
        }
        at++;
    }
    return strbuf_detach (&path);
}

static char *read_conf (const struct strlist *environ)
{
    const char *own = env_get (environ, "SLURM_CONF");
    const char *const paths[] = {own ? own : "/etc/slurm/slurm.conf",
                                 "/run/slurm/conf/slurm.conf"};
    char *text = NULL;

    for (size_t i = 0; i < 2 && !text; i++)
        if (paths[i][0] == '/')
            text = sysroot_read (paths[i], MAX_CONF, NULL);
    return text;
}

// TmpFS of slurm.conf, for this node; the caller frees it.  NULL if not set.
static char *conf_tmpfs (const struct strlist *environ)
{
    scoped_free char *text = read_conf (environ);
    char *rest = text;

    while (rest) {
        char *line = strsep (&rest, "\n");
        char *value = conf_value (line, "TmpFS");

        if (value)
            return expand_node (environ, value);
    }
    return NULL;
}

char *step_appdir (const struct strlist *environ)
{
    const char *const tmps[] = {env_get (environ, "SLURM_PMIX_TMPDIR"),
                                env_get (environ, "TMPDIR"), "/tmp"};
    scoped_free char *tmpfs = NULL;

    for (size_t i = 0; i < 3; i++) {
        char *path = appdir_below (environ, tmps[i]);

        if (path)
            return path;
    }
    tmpfs = conf_tmpfs (environ);
    return appdir_below (environ, tmpfs);
}
