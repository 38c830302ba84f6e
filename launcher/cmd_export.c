/* cmd_export.c - udocker export CONTAINER
 *
 * The archive goes to standard output, or to a file that is there when it is
 * whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/mem.h"
#include "launcher/command_repo.h"
#include "launcher/commands.h"
#include "store/export.h"

struct options {
    const char *output;
    bool clone;
};

static const struct option_spec specs[] = {
    {NULL, 'o', OPTION_STRING, "TAR", offsetof (struct options, output),
     "write to this file, - for standard output"},
    {"clone", 0, OPTION_FLAG, NULL, offsetof (struct options, clone),
     "with the metadata, for import --clone"},
    {0},
};

// What is to be written, and from where.
struct job {
    const struct repo *repo;
    const char *container; // name or id
    bool whole;            // --clone
};

static int to_stdout (const struct job *job, struct err *err)
{
    if (isatty (STDOUT_FILENO)) {
        err_set (err, 0, "an archive is not for a terminal");
        return err_hint (err, "-o FILE writes it to a file");
    }
    return export_container (job->repo, job->container, job->whole,
                             STDOUT_FILENO, err);
}

// A file that is no regular one (a pipe, a device) is written to as it is.
static int to_special (const struct job *job, const char *path, struct err *err)
{
    scoped_fd int fd = open (path, O_WRONLY | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot open '%s'", path);
    return export_container (job->repo, job->container, job->whole, fd, err);
}

static mode_t new_file_mode (void)
{
    mode_t mask = umask (077); // there is no other way to read it

    umask (mask);
    return 0666 & ~mask;
}

// Write to the new file 'temp', then give it its name.
static int write_and_rename (const struct job *job, int fd, const char *temp,
                             const char *path, struct err *err)
{
    if (export_container (job->repo, job->container, job->whole, fd, err) < 0)
        return -1;
    if (fchmod (fd, new_file_mode ()) < 0 || fsync (fd) < 0 ||
        rename (temp, path) < 0)
        return err_set (err, errno, "cannot write '%s'", path);
    return 0;
}

static int to_file (const struct job *job, const char *path, struct err *err)
{
    scoped_free char *temp = xasprintf ("%s.XXXXXX", path);
    scoped_fd int fd = mkostemp (temp, O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot create '%s'", path);
    if (write_and_rename (job, fd, temp, path, err) < 0) {
        unlink (temp);
        return -1;
    }
    return 0;
}

static int write_to (const struct job *job, const char *path, struct err *err)
{
    struct stat st;

    if (strcmp (path, "-") == 0)
        return to_stdout (job, err);
    if (stat (path, &st) == 0 && !S_ISREG (st.st_mode))
        return to_special (job, path, err);
    return to_file (job, path, err);
}

static int run (const struct invocation *in, struct err *err)
{
    const struct options *options = in->options;
    const struct strlist *operands = in->operands;
    scoped_repo struct repo *repo = NULL;
    struct job job = {
        .container = operands->items[operands->n - 1],
        .whole = options->clone,
    };

    if (operands->n == 2 &&
        (options->output || strcmp (operands->items[0], "-") != 0))
        return err_set (err, 0,
                        "export: too many arguments (usage: udocker "
                        "export [-o TAR] CONTAINER)");
    repo = command_repo (in, err);
    if (!repo)
        return -1;
    job.repo = repo;
    if (write_to (&job, options->output ? options->output : "-", err) < 0)
        return -1;
    return EXIT_DONE;
}

const struct command cmd_export = {
    .name = "export",
    .operands = "[-] CONTAINER",
    .what = "write the files of a container as a tar",
    .specs = specs,
    .options_size = sizeof (struct options),
    .min_operands = 1,
    .max_operands = 2,
    .order = OPTIONS_ANYWHERE,
    .failure = EXIT_REFUSED,
    .run = run,
};
