/* launcher_resolve.c - resolve against plans that were looked at
 *
 * tests/golden/resolve/TOPIC.json is a list of cases: "options" and what
 * follows them as on a command line, and whatever differs from base.json; then
 * "plan", those of its members that the case is about, or "error", the message.
 * With GOLDEN_UPDATE=DIR the results are written to DIR/TOPIC.json, to be read
 * before they take the place of the old ones.
 */
#include <fcntl.h>
#include <stdlib.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "launcher/resolve.h"
#include "plan/plan_check.h"
#include "plan/plan_json.h"
#include "tests/tap.h"

static const char *const topics[] = {"argv",   "env",  "job",  "mounts",
                                     "errors", "user", "whole"};

// One case, as resolve wants it.
struct input {
    struct run_options options;
    struct strlist argv; // that 'options' points into
    struct strlist command;
    struct strlist env_lines;
    struct config config;
    struct guest guest;
    struct host host;
    struct pmi_job job;
};

static json_t *load (const char *topic)
{
    const char *srcdir = getenv ("UDOCKER_SRCDIR");
    scoped_free char *path = xasprintf ("%s/tests/golden/resolve/%s.json",
                                        srcdir ? srcdir : ".", topic);
    struct err err = {0};
    json_t *json = json_from_file (AT_FDCWD, path, &err);

    if (!json) {
        printf ("Bail out! %s\n", err.text);
        exit (1);
    }
    return json;
}

// The member of the case, or that of base.json; objects are merged.
static json_t *given (const json_t *base, const json_t *test, const char *name)
{
    json_t *merged = json_deep_copy (json_member (base, name));
    json_t *own = json_member (test, name);

    if (!json_is_object (merged) || !json_is_object (own)) {
        if (own) {
            json_decref (merged);
            merged = json_incref (own);
        }
        return merged;
    }
    json_object_update (merged, own);
    return merged;
}

static char *text_of (const json_t *object, const char *name)
{
    return xstrdup (json_member_str (object, name));
}

static void read_user (const json_t *json, struct userdb_user *user)
{
    *user = (struct userdb_user){
        .name = text_of (json, "name"),
        .uid = (uid_t)json_member_int (json, "uid", 0),
        .gid = (gid_t)json_member_int (json, "gid", 0),
        .home = text_of (json, "home"),
        .shell = text_of (json, "shell"),
    };
}

static void read_host (const json_t *json, struct host *host)
{
    read_user (json, &host->user);
    host->group = text_of (json, "group");
    host->cwd = text_of (json, "cwd");
    json_add_strings (json_member (json, "environ"), &host->environ);
    host->has_asked = json_member (json, "asked") != NULL;
    if (host->has_asked)
        read_user (json_member (json, "asked"), &host->asked);
}

static void read_guest (const json_t *json, const json_t *image,
                        struct guest *guest)
{
    *guest = (struct guest){
        .id = text_of (json, "id"),
        .name = text_of (json, "name"),
        .root_path = text_of (json, "root_path"),
        .mode = text_of (json, "mode"),
        .passwd = text_of (json, "passwd"),
        .group = text_of (json, "group"),
        .lacks_shell = json_is_true (json_member (json, "lacks_shell")),
        .root_fd = -1,
    };
    if (image_config_read (image, &guest->image, NULL) < 0)
        printf ("Bail out! an image that cannot be read\n");
}

static void read_job (const json_t *json, struct pmi_job *job)
{
    const json_t *fds = json_member (json, "fds");

    job->wire = json_member_str (json, "wire") ? PMI_WIRE_PMIX : PMI_WIRE_NONE;
    json_add_strings (json_member (json, "env_names"), &job->env_names);
    json_add_strings (json_member (json, "dirs"), &job->dirs);
    json_add_strings (json_member (json, "set_env"), &job->set_env);
    for (size_t i = 0; i < json_array_size (fds); i++)
        job->fds[job->n_fds++] = (int)json_integer_value (
            json_array_get (fds, i));
}

static void read_config (json_t *json, struct config *config)
{
    const char *name;
    json_t *value;

    config_defaults (config);
    json_object_foreach (json, name, value)
    {
        config_set (config, name, json_string_value (value), NULL);
    }
}

static int read_options (const json_t *words, struct input *input,
                         struct err *err)
{
    const struct option_group groups[] = {{run_specs, &input->options}, {0}};

    json_add_strings (words, &input->argv);
    return options_parse (groups, OPTIONS_FIRST, strlist_items (&input->argv),
                          &input->command, err);
}

// Options are read last: only they can be wrong.
static int read_input (const json_t *base, const json_t *test,
                       struct input *input, struct err *err)
{
    scoped_json json_t *host = given (base, test, "host");
    scoped_json json_t *guest = given (base, test, "guest");
    scoped_json json_t *image = given (base, test, "image");
    scoped_json json_t *config = given (base, test, "config");
    scoped_json json_t *job = given (base, test, "job");
    scoped_json json_t *words = given (base, test, "options");

    read_host (host, &input->host);
    read_guest (guest, image, &input->guest);
    read_job (job, &input->job);
    read_config (config, &input->config);
    json_add_strings (json_member (test, "env_lines"), &input->env_lines);
    if (read_options (words, input, err) < 0)
        return -1;
    return run_options_check (&input->options, err);
}

static struct plan *make_plan (const struct input *input, struct err *err)
{
    const struct resolve_input in = {
        .options = &input->options,
        .command = &input->command,
        .env_lines = &input->env_lines,
        .config = &input->config,
        .guest = &input->guest,
        .host = &input->host,
        .job = &input->job,
    };
    struct plan *plan = resolve (&in, err);

    if (plan && plan_check (plan, err) < 0) {
        plan_destroy (plan);
        return NULL;
    }
    return plan;
}

static void input_clear (struct input *input)
{
    const struct option_group groups[] = {{run_specs, &input->options}, {0}};

    options_clear (groups);
    strlist_free (&input->argv);
    strlist_free (&input->command);
    strlist_free (&input->env_lines);
    strlist_free (&input->host.environ);
    host_clear (&input->host);
    guest_clear (&input->guest);
    pmi_job_clear (&input->job);
    config_clear (&input->config);
}

// Put the members of the plan that the case is about into it.
static void put_result (json_t *test, const struct plan *plan,
                        const struct err *err)
{
    scoped_json json_t *whole = plan ? plan_to_json (plan) : NULL;
    json_t *want = json_member (test, "plan");
    const char *name;
    json_t *value;
    void *next;

    if (!plan) {
        json_object_del (test, "plan");
        json_object_set_new (test, "error", json_string (err->text));
        return;
    }
    json_object_foreach_safe (want, next, name, value)
    {
        json_t *member = json_member (whole, name);

        json_object_set_new (want, name,
                             member ? json_incref (member) : json_null ());
    }
}

static void run_case (const json_t *base, json_t *test)
{
    const char *about = json_member_str (test, "about");
    scoped_json json_t *want = json_deep_copy (test);
    scoped_plan struct plan *plan = NULL;
    struct input input = {0};
    struct err err = {0};

    if (read_input (base, test, &input, &err) == 0)
        plan = make_plan (&input, &err);
    put_result (test, plan, &err);
    ok (json_equal (test, want), about ? about : "a case without a name");
    if (!json_equal (test, want)) {
        scoped_free char *got = json_to_text (
            json_member (test, plan ? "plan" : "error"));

        printf ("# got: %s\n", got);
    }
    input_clear (&input);
}

static void write_topic (const char *dir, const char *topic,
                         const json_t *tests)
{
    scoped_free char *path = xasprintf ("%s/%s.json", dir, topic);

    json_dump_file (tests, path, JSON_INDENT (2));
}

int main (void)
{
    const char *update = getenv ("GOLDEN_UPDATE");
    scoped_json json_t *base = load ("base");

    for (size_t i = 0; i < sizeof (topics) / sizeof (topics[0]); i++) {
        scoped_json json_t *tests = load (topics[i]);
        size_t n;
        json_t *test;

        json_array_foreach (tests, n, test)
        {
            run_case (base, test);
        }
        if (update)
            write_topic (update, topics[i], tests);
    }
    return tap_done ();
}
