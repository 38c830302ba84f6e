/* run-plan.c - follow a plan written by hand: engine tests start here
 *
 * usage: run-plan FILE       (as `udocker run --print-plan` prints it)
 *        run-plan --probe MODE
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/exitcode.h"
#include "base/json.h"
#include "engines/engine.h"
#include "plan/plan_check.h"
#include "plan/plan_json.h"

static int follow (const char *path, struct err *err)
{
    scoped_json json_t *json = json_from_file (AT_FDCWD, path, err);
    scoped_plan struct plan *plan = json ? plan_from_json (json, err) : NULL;
    const struct engine *engine;

    if (!plan || plan_check (plan, err) < 0)
        return EXIT_OWN_FAILURE;
    engine = engine_find (plan->mode, err);
    return engine ? engine->run (plan, err) : EXIT_OWN_FAILURE;
}

static int probe (const char *mode, struct err *err)
{
    const struct engine *engine = engine_find (mode, err);

    return !engine || engine->probe (err) < 0 ? EXIT_OWN_FAILURE : EXIT_DONE;
}

int main (int argc, char **argv)
{
    struct err err = {0};
    int status = EXIT_OWN_FAILURE;

    if (argc == 2)
        status = follow (argv[1], &err);
    else if (argc == 3 && strcmp (argv[1], "--probe") == 0)
        status = probe (argv[2], &err);
    if (err.text[0])
        fprintf (stderr, "run-plan: %s\n", err.text);
    return status;
}
