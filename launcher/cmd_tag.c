/* cmd_tag.c - udocker tag IMAGE NEWIMAGE */
#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/image.h"

static int tag (const struct repo *repo, const struct strlist *operands,
                struct err *err)
{
    struct reference src = {0}, dst = {0};
    int rc = -1;

    if (reference_parse (operands->items[0], &src, err) == 0 &&
        reference_parse (operands->items[1], &dst, err) == 0)
        rc = image_tag (repo, &src, &dst, err);
    reference_clear (&src);
    reference_clear (&dst);
    return rc;
}

static int run (const struct invocation *in, struct err *err)
{
    scoped_repo struct repo *repo = command_repo (in, err);

    if (!repo || tag (repo, in->operands, err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_tag = {
    .name = "tag",
    .operands = "IMAGE NEWIMAGE",
    .what = "give an image one more name and tag",
    .min_operands = 2,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
