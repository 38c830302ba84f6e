/* cmd_run.c - udocker run CONTAINER|IMAGE [COMMAND [ARG...]]
 *
 * run.c does it.  What is here is the part that udocker-exec does not have: an
 * image is pulled and made a container first.
 */
#include <errno.h>
#include <string.h>

#include "base/exitcode.h"
#include "base/log.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/pull_settings.h"
#include "launcher/run.h"
#include "store/container.h"
#include "store/image.h"

// 1 when the repository has the image, 0 when not.
static int has_image (const struct repo *repo, const char *name,
                      struct err *err)
{
    struct reference ref = {0};
    scoped_fd int tag_dirfd = -1;
    struct err why = {0};

    if (reference_parse (name, &ref, err) < 0)
        return -1;
    tag_dirfd = image_open (repo, &ref, &why);
    reference_clear (&ref);
    if (tag_dirfd < 0 && why.code != ENOENT) {
        *err = why;
        return -1;
    }
    return tag_dirfd >= 0;
}

static int pull (const struct run_request *request, struct repo *repo,
                 const char *name, struct err *err)
{
    const struct run_options *options = request->options;
    struct pull_options settings;

    pull_settings (request->config, &settings);
    settings.registry = options->registry;
    settings.platform = options->platform;
    if (options->httpproxy)
        settings.proxy = options->httpproxy;
    if (pull_image (repo, name, &settings, err) == 0)
        return 0;
    return err_prefix (err, "there is no container '%s', and as an image",
                       name);
}

static int need_image (const struct run_request *request, struct repo *repo,
                       const char *name, struct err *err)
{
    const char *how = request->options->pull ? request->options->pull : "";
    int has = has_image (repo, name, err);

    if (has < 0)
        return -1;
    if (!has && strcmp (how, "never") == 0)
        return err_set (err, 0, "there is no container or image '%s'", name);
    if (!has || strcmp (how, "always") == 0)
        return pull (request, repo, name, err);
    return 0;
}

static char *make (const struct run_request *request, struct repo *repo,
                   const char *name, const struct pmi_job *job, struct err *err)
{
    (void)job;
    if (need_image (request, repo, name, err) < 0)
        return NULL;
    log_msg (LOG_VERBOSE, "making a container of image '%s'", name);
    return container_create (repo, name, request->options->name, false, err);
}

static int run (const struct invocation *in, struct err *err)
{
    const struct run_options *options = in->options;
    const struct run_request request = {
        .options = options,
        .config = in->config,
        .operands = in->operands,
        .make = make,
    };

    if (!options->location && command_make_repo (in, err) < 0)
        return -1;
    return run_container (&request, err);
}

const struct command cmd_run = {
    .name = "run",
    .operands = run_operands,
    .what = run_what,
    .specs = run_specs,
    .options_size = sizeof (struct run_options),
    .max_operands = ANY_OPERANDS,
    .order = OPTIONS_FIRST,
    .failure = EXIT_OWN_FAILURE,
    .run = run,
};
