/* A plan goes to JSON and comes back the same; what is no plan is refused. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "plan/plan_check.h"
#include "plan/plan_json.h"
#include "tests/tap.h"

static const char whole[] =
    "{\"mode\": \"N1\", \"container\": \"demo\", \"root_path\": \"/r\","
    " \"argv\": [\"ls\", \"-l\"], \"env\": [\"A=b\", \"C=\"],"
    " \"workdir_cpath\": \"/\", \"uid\": 1000, \"gid\": 100,"
    " \"devices\": [\"/dev/null\"], \"cpuset\": \"0,2-3\","
    " \"mounts\": [{\"host_path\": \"/dev\", \"cpath\": \"/dev\"},"
    " {\"content\": \"x\", \"cpath\": \"/etc/x\"},"
    " {\"host_path\": \"/v\", \"cpath\": \"/v\", \"read_only\": true,"
    " \"optional\": true}], \"keep_fds\": [3, 7]}";

static struct plan *parse (const char *text, struct err *err)
{
    scoped_json json_t *json = json_from_text (text, strlen (text), "t", err);

    return json ? plan_from_json (json, err) : NULL;
}

static void test_round_trip (void)
{
    struct err err = {0};
    scoped_plan struct plan *plan = parse (whole, &err);
    scoped_json json_t *back = plan ? plan_to_json (plan) : NULL;
    scoped_json json_t *want = json_from_text (whole, strlen (whole), "t",
                                               NULL);

    ok (plan != NULL, "a whole plan is read");
    if (!plan)
        return;
    ok (plan_check (plan, &err) == 0, "  passes the check");
    ok (json_equal (back, want), "  and is written as it was");
    ok (plan->uid == 1000 && plan->gid == 100 && plan->n_mounts == 3 &&
            plan->mounts[2].read_only && plan->keep_fds[1] == 7,
        "  with its members in their places");
}

// One member of a good plan, replaced.
static void expect_refused (const char *member, const char *value,
                            const char *want)
{
    struct err err = {0};
    scoped_json json_t *json = json_from_text (whole, strlen (whole), "t",
                                               NULL);
    scoped_plan struct plan *plan = NULL;
    bool refused;

    json_object_set_new (json, member,
                         json_loads (value, JSON_DECODE_ANY, NULL));
    plan = plan_from_json (json, &err);
    refused = !plan || plan_check (plan, &err) < 0;
    ok (refused, value);
    is_str (err.text, want, "  and the message");
}

static void test_refusals (void)
{
    static const struct {
        const char *member;
        const char *value;
        const char *want;
    } cases[] = {
        {"mode", "7", "plan: 'mode' is of the wrong type"},
        {"argv", "\"ls\"", "plan: 'argv' is of the wrong type"},
        {"argv", "[1]", "plan: 'argv' is of the wrong type"},
        {"argv", "[]", "plan: no program to run"},
        {"argv", "[\"\"]", "plan: the program's name is empty"},
        {"uid", "-1", "plan: 'uid' is of the wrong type"},
        {"uid", "4294967295", "plan: 'uid' is of the wrong type"},
        {"surprise", "1", "plan: unknown member 'surprise'"},
        {"mounts", "{}", "plan: 'mounts' is not a list"},
        {"mounts", "[[]]", "plan: an object was expected"},
        {"mounts", "[{\"host_path\": \"x\", \"cpath\": \"/x\"}]",
         "plan: volume 'x' is not an absolute path"},
        {"mounts", "[{\"host_path\": \"/x\", \"cpath\": \"x\"}]",
         "plan: mount point 'x' is not an absolute path"},
        {"mounts", "[{\"host_path\": \"/x\", \"cpath\": \"/./..//\"}]",
         "plan: '/./..//' cannot be mounted over"},
        {"mounts", "[{\"cpath\": \"/x\"}]",
         "plan: mount point '/x' needs one of a path and a content"},
        {"keep_fds", "[-1]", "plan: 'keep_fds' holds no descriptor"},
        {"root_path", "\"r\"", "plan: root 'r' is not an absolute path"},
        {"workdir_cpath", "\"w\"",
         "plan: working directory 'w' is not an absolute path"},
        {"env", "[\"A\"]", "plan: environment entry 'A' is not NAME=VALUE"},
        {"env", "[\"=A\"]", "plan: environment entry '=A' is not NAME=VALUE"},
        {"cpuset", "\"0-\"", "plan: '0-' is not a list of CPUs such as 0,2-3"},
    };

    for (size_t i = 0; i < sizeof (cases) / sizeof (cases[0]); i++)
        expect_refused (cases[i].member, cases[i].value, cases[i].want);
}

static void test_cpusets (void)
{
    static const char *const bad[] = {"",    ",",    "a",    "1-",  "-1",
                                      "3-2", "0,,1", "1024", "0 1", "0,1,"};
    struct plan_cpus cpus;

    ok (plan_parse_cpuset ("0,2-3,1023", &cpus) == 0 && cpus.bits[0] == 0xd,
        "0,2-3,1023");
    for (size_t i = 0; i < sizeof (bad) / sizeof (bad[0]); i++)
        ok (plan_parse_cpuset (bad[i], &cpus) < 0, bad[i]);
}

int main (void)
{
    test_round_trip ();
    test_refusals ();
    test_cpusets ();
    return tap_done ();
}
