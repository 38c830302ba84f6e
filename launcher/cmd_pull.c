/* cmd_pull.c - udocker pull IMAGE */
#include <stddef.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/pull_settings.h"

struct options {
    const char *registry;
    const char *index;
    const char *httpproxy;
    const char *platform;
};

#define FIELD(name) offsetof (struct options, name)

static const struct option_spec specs[] = {
    {"registry", 0, OPTION_STRING, "URL", FIELD (registry),
     "registry to pull from"},
    {"index", 0, OPTION_STRING, "URL", FIELD (index), "index of that registry"},
    {"httpproxy", 0, OPTION_STRING, "PROXY", FIELD (httpproxy),
     "proxy to pull through, socks4:// and socks5:// too"},
    {"platform", 0, OPTION_STRING, "OS/ARCH[/VARIANT]", FIELD (platform),
     "the image for this platform, not the machine's"},
    {0},
};

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    struct pull_options pull;

    if (!repo)
        return -1;
    pull_settings (in->config, &pull);
    pull.registry = options->registry;
    pull.platform = options->platform;
    if (options->httpproxy)
        pull.proxy = options->httpproxy;
    return pull_image (repo, in->operands->items[0], &pull, err) < 0
               ? -1
               : EXIT_DONE;
}

const struct command cmd_pull = {
    .name = "pull",
    .operands = "IMAGE",
    .what = "bring an image from a registry into the repository",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
