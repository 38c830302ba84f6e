/* cmd_import.c - udocker import TAR */
#include <stddef.h>
#include <string.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/program.h"
#include "store/import.h"

struct options {
    bool move;
    bool to_container;
    bool clone;
    const char *name;
    const char *platform;
};

#define FIELD(name) offsetof (struct options, name)

static const struct option_spec specs[] = {
    {"mv", 0, OPTION_FLAG, NULL, FIELD (move),
     "move TAR into the repository, do not copy it"},
    {"tocontainer", 0, OPTION_FLAG, NULL, FIELD (to_container),
     "make a container, and print its id"},
    {"clone", 0, OPTION_FLAG, NULL, FIELD (clone),
     "the same from what export --clone wrote"},
    {"name", 0, OPTION_STRING, "NAME", FIELD (name),
     "give the container a name"},
    {"platform", 0, OPTION_STRING, "OS/ARCH[/VARIANT]", FIELD (platform),
     "what the files are for, if not this machine"},
    {0},
};

static const char *find_conflict (const struct options *options, bool is_stdin,
                                  bool has_image)
{
    bool container = options->to_container || options->clone;
    const struct {
        bool is_so;
        const char *text;
    } conflicts[] = {
        {!container && !has_image,
         "the new image has no name (usage: udocker import TAR IMAGE:TAG)"},
        {!container && options->name,
         "--name is for --tocontainer and --clone"},
        {container && options->move, "--mv is for images"},
        {is_stdin && options->move, "--mv needs a file, not standard input"},
        {options->clone && has_image,
         "--clone takes no image: the archive tells it"},
        {options->clone && options->platform,
         "--clone takes no --platform: the archive tells it"},
    };

    for (size_t i = 0; i < sizeof (conflicts) / sizeof (conflicts[0]); i++) {
        if (conflicts[i].is_so)
            return conflicts[i].text;
    }
    return NULL;
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    const char *image = in->operands->n > 1 ? in->operands->items[1] : NULL;
    const struct import_source source = {
        .tar = in->operands->items[0],
        .platform = options->platform,
        .move = options->move,
    };
    const char *conflict = find_conflict (options,
                                          strcmp (source.tar, "-") == 0, image);
    scoped_repo struct repo *repo = NULL;
    scoped_free char *id = NULL;

    if (conflict)
        return err_set (err, 0, "import: %s", conflict);
    repo = command_repo (in, err);
    if (!repo)
        return -1;
    if (!options->clone && !options->to_container)
        return import_image (repo, &source, image, err) < 0 ? -1 : EXIT_DONE;
    id = options->clone
             ? import_clone (repo, &source, options->name, err)
             : import_container (repo, &source, image, options->name, err);
    if (!id)
        return -1;
    return program_print_line (id, err);
}

const struct command cmd_import = {
    .name = "import",
    .operands = "TAR [IMAGE]",
    .what = "make an image, or a container, of the files in a tar",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
