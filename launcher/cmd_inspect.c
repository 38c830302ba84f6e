/* cmd_inspect.c - udocker inspect CONTAINER|IMAGE */
#include <errno.h>
#include <stddef.h>

#include "base/exitcode.h"
#include "base/json.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/program.h"
#include "store/container.h"
#include "store/image.h"

struct options {
    bool path;
};

static const struct option_spec specs[] = {
    {NULL, 'p', OPTION_FLAG, NULL, offsetof (struct options, path),
     "print the path of the container's root instead"},
    {0},
};

static int print_json (const json_t *json, struct err *err)
{
    scoped_free char *text = json_to_text (json);

    return program_print_line (text, err);
}

static int print_image (const struct repo *repo, const char *name,
                        struct err *err)
{
    struct reference ref = {0};
    scoped_fd int tag_dirfd = -1;
    scoped_json json_t *config = NULL;

    if (reference_parse (name, &ref, err) < 0)
        return -1;
    tag_dirfd = image_open (repo, &ref, err);
    reference_clear (&ref);
    if (tag_dirfd < 0 && err->code == ENOENT)
        return err_set (err, 0, "there is no container or image '%s'", name);
    if (tag_dirfd >= 0)
        config = image_config (repo, tag_dirfd, err);
    return config ? print_json (config, err) : -1;
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    const char *name = in->operands->items[0];
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_container struct container *container = NULL;

    if (!repo)
        return -1;
    container = container_open (repo, name, err);
    if (!container && (err->code != ENOENT || options->path))
        return -1;
    if (!container) {
        *err = (struct err){0};
        return print_image (repo, name, err);
    }
    return options->path ? program_print_line (container->root_path, err)
                         : print_json (container->config, err);
}

const struct command cmd_inspect = {
    .name = "inspect",
    .operands = "CONTAINER|IMAGE",
    .what = "print what is known about a container or an image",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
