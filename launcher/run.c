/* run.c - start a program in a container: the list of steps
 *
 * Both programs come through here.  What the host, the container and the
 * launcher of the job tell is gathered first; resolve makes the plan; the
 * engine follows it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/io.h"
#include "base/json.h"
#include "base/log.h"
#include "engines/engine.h"
#include "launcher/banner.h"
#include "launcher/env_file.h"
#include "launcher/program.h"
#include "launcher/resolve.h"
#include "launcher/run.h"
#include "launcher/supervise.h"
#include "plan/plan_check.h"
#include "plan/plan_json.h"
#include "store/container.h"

// All that is known before the plan is made.
struct facts {
    struct guest guest;
    struct host host;
    struct pmi_job job;
    struct repo *repo;        // NULL with --location
    struct strlist command;   // the program's words
    struct strlist env_lines; // of --env-file
};

static void facts_clear (struct facts *facts)
{
    guest_clear (&facts->guest);
    host_clear (&facts->host);
    pmi_job_clear (&facts->job);
    repo_close (facts->repo);
    strlist_free (&facts->command);
    strlist_free (&facts->env_lines);
}

/* Names of containers have none of these, so that what has one is not even
 * looked for. */
static bool may_be_container (const char *name)
{
    return !strpbrk (name, "/.:");
}

// The container 'name'.  NULL with err->code ENOENT when there is none.
static struct container *open_existing (const struct run_request *request,
                                        const struct repo *repo,
                                        const char *name, struct err *err)
{
    const char *pull = request->options->pull;

    // --pull=reuse: the container made by an earlier call, if there was one
    if (pull && strcmp (pull, "reuse") == 0) {
        struct container *container = container_open (
            repo, request->options->name, err);

        if (container || err->code != ENOENT)
            return container;
    }
    if (may_be_container (name))
        return container_open (repo, name, err);
    return err_null (err, ENOENT, "no container '%s'", name);
}

// --name for a container that is there already.
static int give_name (struct repo *repo, const struct container *container,
                      const char *name, struct err *err)
{
    scoped_container struct container *named = container_open (repo, name,
                                                               NULL);

    if (named && strcmp (named->id, container->id) == 0)
        return 0;
    return container_name (repo, container->id, name, err);
}

static int open_container (const struct run_request *request,
                           struct facts *facts, const char *name,
                           struct err *err)
{
    scoped_container struct container *container = NULL;
    scoped_free char *made = NULL;
    struct err why = {0};

    container = open_existing (request, facts->repo, name, &why);
    if (!container && why.code != ENOENT) {
        *err = why;
        return -1;
    }
    if (container && request->options->name &&
        give_name (facts->repo, container, request->options->name, err) < 0)
        return -1;
    if (!container) {
        made = request->make (request, facts->repo, name, &facts->job, err);
        if (!made)
            return -1;
        container = container_open (facts->repo, made, err);
        name = request->options->name ? request->options->name : made;
    }
    return container
               ? guest_from_container (&facts->guest, container, name, err)
               : -1;
}

static int open_guest (const struct run_request *request, struct facts *facts,
                       struct err *err)
{
    struct strlist words = *request->operands; // borrowed
    struct repo_paths paths;

    if (request->options->location) {
        strlist_add_all (&facts->command, words.items);
        return guest_from_directory (&facts->guest, request->options->location,
                                     err);
    }
    if (words.n == 0)
        return err_set (err, 0, "the container's name is missing");
    strlist_add_all (&facts->command, words.items + 1);
    config_repo_paths (request->config, &paths);
    facts->repo = repo_open (&paths, err);
    repo_paths_clear (&paths);
    if (!facts->repo)
        return -1;
    return open_container (request, facts, words.items[0], err);
}

// What is looked up only because something asks for it.
static void gather_more (const struct run_request *request, struct facts *facts)
{
    const struct run_options *options = request->options;
    const struct strlist *cmd = &request->config->cmd;
    struct guest *guest = &facts->guest;

    guest_read_accounts (guest);
    if (options->hostauth && options->user)
        host_find_user (&facts->host, options->user);
    if (!userdb_has_gid (guest->group, facts->host.user.gid))
        host_find_group (&facts->host);
    if (facts->command.n == 0 && cmd->n > 0)
        guest->lacks_shell = !guest_has_program (guest, cmd->items[0],
                                                 request->config->user_path);
}

static int gather (const struct run_request *request, struct facts *facts,
                   struct err *err)
{
    if (run_options_check (request->options, err) < 0 ||
        env_file_read_all (&request->options->env_file, &facts->env_lines,
                           err) < 0 ||
        host_gather (&facts->host, err) < 0 ||
        pmi_job_detect (&facts->host.environ, &facts->job, err) < 0 ||
        open_guest (request, facts, err) < 0)
        return -1;
    gather_more (request, facts);
    return 0;
}

static struct plan *make_plan (const struct run_request *request,
                               const struct facts *facts, struct err *err)
{
    const struct resolve_input input = {
        .options = request->options,
        .command = &facts->command,
        .env_lines = &facts->env_lines,
        .config = request->config,
        .guest = &facts->guest,
        .host = &facts->host,
        .job = &facts->job,
    };
    scoped_plan struct plan *plan = resolve (&input, err);

    if (!plan || plan_check (plan, err) < 0)
        return NULL;
    return ptr_take (&plan);
}

static int print_plan (const struct plan *plan, struct err *err)
{
    scoped_json json_t *json = plan_to_json (plan);
    scoped_free char *text = json_to_text (json);

    return program_print_line (text, err);
}

// For supervise: what the child does.
struct child {
    const struct engine *engine;
    const struct plan *plan;
};

static int run_child (void *arg)
{
    const struct child *child = arg;
    struct err err = {0};
    int status = child->engine->run (child->plan, &err);

    return program_end (status, EXIT_OWN_FAILURE, &err);
}

// --rm: a parent stays, and removes the container once the program has ended.
static int run_and_remove (const struct engine *engine, const struct plan *plan,
                           struct facts *facts, struct err *err)
{
    struct child child = {.engine = engine, .plan = plan};
    struct err why = {0};
    int wait_status;

    if (supervise_run (run_child, &child, &wait_status, err) < 0)
        return -1;
    fd_closep (&facts->guest.root_fd);
    if (container_remove (facts->repo, facts->guest.id, true, &why) < 0)
        log_msg (LOG_ERR, "%s", why.text);
    supervise_end_like (wait_status);
}

static const struct engine *choose_engine (const struct plan *plan,
                                           struct err *err)
{
    const struct engine *engine = engine_find (plan->mode, err);

    if (!engine)
        err_hint (err, "--execmode=%s runs in another one this time",
                  engine_table ()->mode);
    return engine;
}

static int follow_plan (const struct run_request *request, struct facts *facts,
                        const struct plan *plan, struct err *err)
{
    const struct engine *engine;

    if (request->options->print_plan)
        return print_plan (plan, err);
    engine = choose_engine (plan, err);
    if (!engine || pmi_job_check (&facts->job, plan, err) < 0)
        return -1;
    log_msg (LOG_DEBUG, "container '%s', mode %s, launcher %s",
             facts->guest.name, plan->mode,
             facts->job.launcher ? facts->job.launcher : "none");
    if (!request->options->nobanner)
        banner_show (*facts->guest.id ? facts->guest.id : plan->container,
                     plan->argv.items[0]);
    if (request->options->remove)
        return run_and_remove (engine, plan, facts, err);
    return engine->run (plan, err);
}

int run_container (const struct run_request *request, struct err *err)
{
    struct facts facts = {.guest = {.root_fd = -1}};
    scoped_plan struct plan *plan = NULL;
    int status = -1;

    if (gather (request, &facts, err) == 0)
        plan = make_plan (request, &facts, err);
    if (plan)
        status = follow_plan (request, &facts, plan, err);
    facts_clear (&facts);
    return status;
}
