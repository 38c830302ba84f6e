/* cmd_verify.c - udocker verify IMAGE */
#include "base/exitcode.h"
#include "base/log.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/image.h"

static int verify (const struct repo *repo, const char *name,
                   struct strlist *problems, struct err *err)
{
    struct reference ref = {0};
    int rc;

    if (reference_parse (name, &ref, err) < 0)
        return -1;
    rc = image_verify (repo, &ref, problems, err);
    reference_clear (&ref);
    return rc;
}

static int run (const struct invocation *in, struct err *err)
{
    const char *name = in->operands->items[0];
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_strlist struct strlist problems = {0};

    if (!repo || verify (repo, name, &problems, err) < 0)
        return -1;
    for (size_t i = 0; i < problems.n; i++)
        log_msg (LOG_ERR, "image '%s': %s", name, problems.items[i]);
    return problems.n > 0 ? EXIT_REFUSED : EXIT_DONE;
}

const struct command cmd_verify = {
    .name = "verify",
    .operands = "IMAGE",
    .what = "look whether all of an image is there and undamaged",
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
