/* cmd_images.c - udocker images */
#include <stddef.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/image_platform.h"
#include "launcher/program.h"
#include "store/image.h"

struct options {
    bool layers;
    bool platform;
};

static const struct option_spec specs[] = {
    {NULL, 'l', OPTION_FLAG, NULL, offsetof (struct options, layers),
     "show where they are, and their layers with sizes"},
    {NULL, 'p', OPTION_FLAG, NULL, offsetof (struct options, platform),
     "show their platforms"},
    {0},
};

// In megabytes, rounded down, but for what is not empty.
static long long megabytes (long long bytes)
{
    long long mb = bytes / (1024 * 1024);

    return mb == 0 && bytes > 0 ? 1 : mb;
}

static void add_layers (const struct image_entry *image, struct strbuf *out)
{
    strbuf_addf (out, "  %s\n", image->path);
    for (size_t i = 0; i < image->n_layers; i++) {
        if (image->layers[i].bytes < 0)
            strbuf_addf (out, "    /%s (missing)\n", image->layers[i].file);
        else
            strbuf_addf (out, "    /%s (%lld MB)\n", image->layers[i].file,
                         megabytes (image->layers[i].bytes));
    }
}

static void add_image (const struct repo *repo, const struct options *options,
                       const struct image_entry *image, struct strbuf *out)
{
    strbuf_addf (out, "%-60s %c", image->name, image->is_protected ? 'P' : '.');
    if (options->platform) {
        scoped_free char *platform = image_platform (repo, image->name);

        strbuf_addf (out, " %s", platform);
    }
    strbuf_addc (out, '\n');
    if (options->layers)
        add_layers (image, out);
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    scoped_repo struct repo *repo = command_repo (in, err);
    scoped_strbuf struct strbuf out;
    struct image_entry *images = NULL;
    size_t n = 0;

    strbuf_init (&out, 64 << 20);
    if (!repo || image_list (repo, options->layers, &images, &n, err) < 0)
        return -1;
    strbuf_adds (&out, "REPOSITORY\n");
    for (size_t i = 0; i < n; i++)
        add_image (repo, options, &images[i], &out);
    image_list_free (images, n);
    return program_print (out.text, err);
}

const struct command cmd_images = {
    .name = "images",
    .operands = "",
    .what = "list the images of the repository",
    .specs = specs,
    .options_size = sizeof (struct options),
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
