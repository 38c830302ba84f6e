/* job.c - which launcher started this process, and what it gave it
 *
 * The answer comes from the environment by the table in launchers.c.  Nothing
 * is asked of the launcher itself: a PMIx or PMI client that connected here
 * would take the connection away from the program that follows.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "pmi/job.h"
#include "pmi/launchers.h"
#include "pmi/step.h"

static bool is_recognised (const struct pmi_launcher *row,
                           const struct strlist *environ)
{
    size_t prefix_len = row->step_prefix ? strlen (row->step_prefix) : 0;
    const char *step = NULL;

    for (size_t i = 0; i < 3 && row->marks[i]; i++)
        if (!env_get (environ, row->marks[i]))
            return false;
    if (!row->is_step)
        return true;
    if (!step_is_task (environ))
        return false;
    if (row->step_name)
        step = env_get (environ, row->step_name);
    if (!step || strncmp (step, row->step_prefix, prefix_len) != 0)
        return true;
    return step_is_named (environ, step + prefix_len);
}

// Every launcher makes the wire a socket: another file took the number over.
static bool is_socket (int fd)
{
    struct stat st;

    return fstat (fd, &st) == 0 && S_ISSOCK (st.st_mode);
}

static int take_fd (const char *name, const char *value, struct pmi_job *job,
                    struct err *err)
{
    long fd;

    if (num_parse (value, 0, INT_MAX, &fd) < 0)
        return err_set (err, 0, "%s: variable %s is '%s', not a descriptor",
                        job->launcher, name, value);
    if (!is_socket ((int)fd)) {
        err_set (err, EBADF, "%s: descriptor %ld, named by variable %s",
                 job->launcher, fd, name);
        return err_hint (err,
                         "it must stay open for the ranks to find each other; "
                         "for a program without MPI, unset %s",
                         name);
    }
    job->fds[job->n_fds++] = (int)fd;
    return 0;
}

static int take_fds (const struct pmi_launcher *row,
                     const struct strlist *environ, struct pmi_job *job,
                     struct err *err)
{
    for (size_t i = 0; i < 3; i++) {
        const char *value = row->fds[i] ? env_get (environ, row->fds[i]) : NULL;
        // only the first, the wire itself, is worth failing for
        struct err *fd_err = i == 0 ? err : NULL;

        if (value && take_fd (row->fds[i], value, job, fd_err) < 0 && i == 0)
            return -1;
    }
    return 0;
}

static int take_number (const struct pmi_job *job,
                        const struct strlist *environ, const char *name,
                        int *number, struct err *err)
{
    const char *value = name ? env_get (environ, name) : NULL;
    long n;

    if (!name)
        return 0;
    if (!value)
        return err_set (err, 0, "%s: variable %s is missing", job->launcher,
                        name);
    if (num_parse (value, 0, INT_MAX, &n) < 0)
        return err_set (err, 0, "%s: variable %s is '%s', not a number",
                        job->launcher, name, value);
    *number = (int)n;
    return 0;
}

// The tasks of a SLURM step on this node.
static int count_step_tasks (const struct strlist *environ)
{
    const char *list = env_get (environ, "SLURM_STEP_TASKS_PER_NODE");
    const char *node_text = env_get (environ, "SLURM_NODEID");
    long node;

    if (!list || !node_text || num_parse (node_text, 0, INT_MAX, &node) < 0)
        return -1;
    return step_tasks_on_node (list, node);
}

static int take_numbers (const struct pmi_launcher *row,
                         const struct strlist *environ, struct pmi_job *job,
                         struct err *err)
{
    if (take_number (job, environ, row->rank, &job->rank, err) < 0 ||
        take_number (job, environ, row->size, &job->size, err) < 0)
        return -1;
    if (row->size && job->rank >= job->size)
        return err_set (err, 0, "%s: rank %d in a job of %d", job->launcher,
                        job->rank, job->size);
    // nothing depends on these: what is wrong with them stays "not known"
    take_number (job, environ, row->local_rank, &job->local_rank, NULL);
    take_number (job, environ, row->local_size, &job->local_size, NULL);
    if (row->is_step)
        job->local_size = count_step_tasks (environ);
    return 0;
}

// Whether 'path' is 'dir' or below it.
static bool is_below (const char *path, const char *dir)
{
    size_t len = strlen (dir);

    return strncmp (path, dir, len) == 0 &&
           (path[len] == '/' || path[len] == '\0');
}

// Add the first 'len' bytes of 'path' unless they are below what is there.
static void add_dir (struct pmi_job *job, const char *path, size_t len)
{
    scoped_free char *dir = xstrndup (path, len);

    for (size_t i = 0; i < job->dirs.n; i++)
        if (is_below (dir, job->dirs.items[i]))
            return;
    strlist_add_take (&job->dirs, ptr_take (&dir));
}

/* Add the directory that holds 'path', which is named after a job, a step or a
 * user: bound by itself it would leave a mount point of its own in the
 * container's tree, one more with every job. */
static void add_holder_of (struct pmi_job *job, const char *path)
{
    size_t len = path ? strlen (path) : 0;
    size_t holder;

    while (len > 0 && path[len - 1] == '/')
        len--;
    if (len == 0 || path[0] != '/')
        return;
    holder = len;
    while (holder > 0 && path[holder - 1] != '/')
        holder--;
    add_dir (job, path, holder > 1 ? holder - 1 : len);
}

static void take_paths (const struct pmi_launcher *row,
                        const struct strlist *environ, struct pmi_job *job)
{
    for (size_t i = 0; i < 3 && row->paths[i]; i++) {
        const char *path = row->paths[i];

        if (path[0] != '/')
            add_holder_of (job, env_get (environ, path));
        else if (access (path, F_OK) == 0)
            add_dir (job, path, strlen (path));
    }
    if (row->is_step && row->wire == PMI_WIRE_PMIX) {
        scoped_free char *appdir = step_appdir (environ);

        add_holder_of (job, appdir);
    }
}

static void take_env (const struct pmi_launcher *row,
                      const struct strlist *environ, struct pmi_job *job)
{
    strlist_add_all (&job->env_names, (char *const *)row->env);
    for (const struct pmi_setting *set = pmi_settings (); set->name; set++)
        if (set->wires & 1U << row->wire && !env_get (environ, set->name) &&
            !(set->unless && env_get (environ, set->unless)))
            strlist_addf (&job->set_env, "%s=%s", set->name, set->value);
}

/* The row of the launcher that this process is a rank of, NULL when of none;
 * its descriptors go to 'job'.  -1 when they are not there. */
static int choose_row (const struct strlist *environ, struct pmi_job *job,
                       const struct pmi_launcher **chosen, struct err *err)
{
    bool is_broken = false;

    *chosen = NULL;
    for (const struct pmi_launcher *row = pmi_launcher_table (); row->name;
         row++) {
        if (!is_recognised (row, environ))
            continue;
        // a rank of Hydra that starts mpiexec of Open MPI loses PMI_FD, but
        // srun's variables around a broken Hydra are those of its proxy
        if (is_broken && row->is_step)
            break;
        job->launcher = row->name;
        if (take_fds (row, environ, job, err) == 0) {
            *chosen = row;
            return 0;
        }
        is_broken = true;
    }
    return is_broken ? -1 : 0;
}

static int take_row (const struct pmi_launcher *row,
                     const struct strlist *environ, struct pmi_job *job,
                     struct err *err)
{
    job->wire = row->wire;
    if (take_numbers (row, environ, job, err) < 0)
        return -1;
    take_paths (row, environ, job);
    take_env (row, environ, job);
    return 0;
}

int pmi_job_detect (const struct strlist *environ, struct pmi_job *job,
                    struct err *err)
{
    static const struct pmi_job none = {
        .rank = -1, .size = -1, .local_rank = -1, .local_size = -1};
    const struct pmi_launcher *row;
    int rc;

    *job = none;
    rc = choose_row (environ, job, &row, err);
    if (rc == 0 && row)
        rc = take_row (row, environ, job, err);
    if (rc < 0)
        *job = none;
    return rc;
}

void pmi_job_clear (struct pmi_job *job)
{
    strlist_free (&job->env_names);
    strlist_free (&job->dirs);
    strlist_free (&job->set_env);
}

bool pmi_job_wants_env (const struct pmi_job *job, const char *name)
{
    for (size_t i = 0; i < job->env_names.n; i++) {
        const char *want = job->env_names.items[i];
        size_t len = strlen (want);

        if (len > 0 && want[len - 1] == '*') {
            if (strncmp (name, want, len - 1) == 0)
                return true;
        } else if (strcmp (name, want) == 0)
            return true;
    }
    return false;
}
