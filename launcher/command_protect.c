/* command_protect.c - what protect and unprotect have in common */
#include <errno.h>

#include "base/exitcode.h"
#include "launcher/command_protect.h"
#include "launcher/command_repo.h"
#include "store/protect.h"

static int change_image (const struct repo *repo, const char *name, bool on,
                         struct err *err)
{
    struct reference ref = {0};
    int rc;

    if (reference_parse (name, &ref, err) < 0)
        return -1;
    rc = protect_image (repo, &ref, on, err);
    reference_clear (&ref);
    if (rc < 0 && err->code == ENOENT)
        return err_set (err, 0, "there is no container or image '%s'", name);
    return rc;
}

int command_protect (const struct invocation *in, bool on, struct err *err)
{
    const char *name = in->operands->items[0];
    scoped_repo struct repo *repo = command_repo (in, err);

    if (!repo)
        return -1;
    if (protect_container (repo, name, on, err) == 0)
        return EXIT_DONE;
    if (err->code != ENOENT)
        return -1;
    *err = (struct err){0};
    return change_image (repo, name, on, err) < 0 ? -1 : EXIT_DONE;
}
