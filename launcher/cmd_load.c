/* cmd_load.c - udocker load -i FILE [NAME], udocker load - [NAME] */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>

#include "base/exitcode.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "launcher/program.h"
#include "store/load.h"

struct options {
    const char *input;
};

static const struct option_spec specs[] = {
    {"input", 'i', OPTION_STRING, "FILE", offsetof (struct options, input),
     "the archive; - for standard input"},
    {0},
};

// What to load, and what to call it.
struct what {
    const char *path; // "-" for standard input
    const char *name; // NULL: the archive's
};

// The archive is the first operand where no option names it.
static int find_what (const struct invocation *in, struct what *what,
                      struct err *err)
{
    const struct options *options = in->options;
    char *const *at = in->operands->items;
    size_t n = in->operands->n;

    what->path = options->input;
    if (!what->path && n > 0 && strcmp (at[0], "-") == 0) {
        what->path = *at++;
        n--;
    }
    what->name = n > 0 ? at[0] : NULL;
    if (!what->path) {
        err_set (err, 0, "load: no archive is named");
        return err_hint (err, "-i FILE, or - for standard input");
    }
    if (n > 1)
        return err_set (err, 0, "load: too many arguments");
    return 0;
}

static int open_input (const char *path, struct err *err)
{
    int fd;

    if (strcmp (path, "-") != 0)
        fd = open (path, O_RDONLY | O_CLOEXEC);
    else if (isatty (STDIN_FILENO))
        return err_set (err, 0, "standard input is a terminal, no archive");
    else
        fd = fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return err_set (err, errno, "cannot open '%s'", path);
    return fd;
}

static int print_loaded (const struct strlist *loaded, struct err *err)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 24);
    for (size_t i = 0; i < loaded->n; i++)
        strbuf_addf (&out, "%s\n", loaded->items[i]);
    return program_print (out.text, err);
}

static int run (const struct invocation *in, struct err *err)
{
    scoped_repo struct repo *repo = NULL;
    scoped_strlist struct strlist loaded = {0};
    scoped_fd int fd = -1;
    struct what what;
    struct err why = {0};
    int rc;

    if (find_what (in, &what, err) < 0)
        return -1;
    fd = open_input (what.path, err);
    if (fd < 0)
        return -1;
    repo = command_repo (in, err);
    if (!repo)
        return -1;
    rc = load_archive (repo, fd, what.name, &loaded, &why);
    // what was loaded before something failed is there
    if (loaded.n > 0 && print_loaded (&loaded, err) < 0)
        return -1;
    if (rc < 0) {
        *err = why;
        return err_prefix (err, "cannot load '%s'", what.path);
    }
    return EXIT_DONE;
}

const struct command cmd_load = {
    .name = "load",
    .operands = "-i FILE|- [NAME]",
    .what = "bring images from an archive into the repository, and print "
            "their names",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 0,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
