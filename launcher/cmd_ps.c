/* cmd_ps.c - udocker ps */
#include <stddef.h>

#include "base/exitcode.h"
#include "base/json.h"
#include "base/mem.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/disk_usage.h"
#include "launcher/image_platform.h"
#include "launcher/program.h"
#include "store/container.h"

struct options {
    bool mode;
    bool size;
    bool platform;
};

static const struct option_spec specs[] = {
    {NULL, 'm', OPTION_FLAG, NULL, offsetof (struct options, mode),
     "show the execution modes"},
    {NULL, 's', OPTION_FLAG, NULL, offsetof (struct options, size),
     "show the sizes in MB; takes long"},
    {NULL, 'p', OPTION_FLAG, NULL, offsetof (struct options, platform),
     "show the platforms"},
    {0},
};

enum { BYTES_PER_MB = 1024 * 1024 };

// The columns that are there only when they are asked for.
static void add_optional (const struct options *options, const char *mode,
                          const char *size, const char *platform,
                          struct strbuf *out)
{
    if (options->mode)
        strbuf_addf (out, " %-3s", mode);
    if (options->size)
        strbuf_addf (out, " %-5s", size);
    if (options->platform)
        strbuf_addf (out, " %-12s", platform);
}

static void add_header (const struct options *options, struct strbuf *out)
{
    strbuf_addf (out, "%-36s P M", "CONTAINER ID");
    add_optional (options, "MOD", "SIZE", "PLATFORM", out);
    strbuf_addf (out, " %-18s %s\n", "NAMES", "IMAGE");
}

static char *platform_of (const struct repo *repo, const char *id)
{
    scoped_container struct container *container = container_open (repo, id,
                                                                   NULL);

    return config_platform (container ? container->config : NULL);
}

static char *size_of (const struct repo *repo, const char *id)
{
    scoped_container struct container *container = container_open (repo, id,
                                                                   NULL);

    return xasprintf ("%lld", container ? disk_usage_bytes (container->path) /
                                              BYTES_PER_MB
                                        : 0);
}

// As Python shows a list of strings: scripts take it apart.
static char *names_of (const struct container_entry *container)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 20);
    strbuf_addc (&out, '[');
    for (size_t i = 0; i < container->names.n; i++)
        strbuf_addf (&out, "%s'%s'", i > 0 ? ", " : "",
                     container->names.items[i]);
    strbuf_addc (&out, ']');
    return strbuf_detach (&out);
}

static void add_container (const struct invocation *in, const struct repo *repo,
                           const struct container_entry *container,
                           struct strbuf *out)
{
    const struct options *options = in->options;
    scoped_free char *names = names_of (container);
    scoped_free char *size = options->size ? size_of (repo, container->id)
                                           : NULL;
    scoped_free char *platform = options->platform
                                     ? platform_of (repo, container->id)
                                     : NULL;

    strbuf_addf (out, "%-36s %c %c", container->id,
                 container->is_protected ? 'P' : '.', container->writable);
    add_optional (options,
                  container->mode ? container->mode
                                  : config_default_mode (in->config),
                  size, platform, out);
    strbuf_addf (out, " %-18s %s\n", names, container->image);
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_strbuf struct strbuf out;
    struct container_entry *containers = NULL;
    size_t n = 0;

    strbuf_init (&out, 64 << 20);
    if (!repo || container_list (repo, &containers, &n, err) < 0)
        return -1;
    add_header (options, &out);
    for (size_t i = 0; i < n; i++)
        add_container (in, repo, &containers[i], &out);
    container_list_free (containers, n);
    return program_print (out.text, err);
}

const struct command cmd_ps = {
    .name = "ps",
    .operands = "",
    .what = "list the containers of the repository",
    .specs = specs,
    .options_size = sizeof (struct options),
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
