/* Where SLURM keeps the directories of a step. */
#include "base/strlist.h"
#include "pmi/step.h"
#include "tests/tap.h"

static const struct {
    const char *list;
    long node;
    int n_tasks;
} lists[] = {
    {"3,1", 0, 3},
    {"3,1", 1, 1},
    {"3,1", 2, -1},
    {"2(x2)", 0, 2},
    {"2(x2)", 1, 2},
    {"2(x2)", 2, -1},
    {"2(x3),1,4(x2)", 2, 2},
    {"2(x3),1,4(x2)", 3, 1},
    {"2(x3),1,4(x2)", 5, 4},
    {"128(x1000000)", 999999, 128},
    {"1", 0, 1},
    {"1", -1, -1},
    {"", 0, -1},
    {",", 0, -1},
    {"3,", 1, -1},
    {"3;1", 0, -1},
    {"-3", 0, -1},
    {"3(x", 0, -1},
    {"3(x)", 0, -1},
    {"3(x0)", 0, -1},
    {"3(2)", 0, -1},
    {"3(x2", 0, -1},
    {"3(x2)1", 0, -1},
    {"99999999999999999999", 0, -1},
    {"1(x99999999999999999999)", 0, -1},
};

static void test_lists (void)
{
    for (size_t i = 0; i < sizeof (lists) / sizeof (lists[0]); i++) {
        int n = step_tasks_on_node (lists[i].list, lists[i].node);
        char what[80];

        snprintf (what, sizeof (what), "node %ld of '%s'", lists[i].node,
                  lists[i].list);
        ok (n == lists[i].n_tasks, what);
    }
}

static void test_names (void)
{
    scoped_strlist struct strlist environ = {0};

    ok (!step_is_task (&environ), "no SLURM, no task");
    env_set (&environ, "SLURM_JOB_ID", "12");
    env_set (&environ, "SLURM_STEP_ID", "3");
    ok (!step_is_task (&environ), "a step without a rank is no task");
    env_set (&environ, "SLURM_PROCID", "0");
    ok (step_is_task (&environ), "a task");
    ok (step_is_named (&environ, "12.3"), "the own step");
    ok (!step_is_named (&environ, "12.30"), "another step");
    ok (!step_is_named (&environ, "2.3"), "another job");
    ok (step_is_named (&environ, "a7-12"), "a name of unknown form");
    env_set (&environ, "SLURM_STEP_ID", "4294967291");
    ok (!step_is_task (&environ), "the batch script is no task");
}

int main (void)
{
    test_lists ();
    test_names ();
    return tap_done ();
}
