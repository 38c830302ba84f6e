/* udocker_exec.c - `udocker run` for each rank of a job
 *
 * The same options and the same result, without what a rank does not need: no
 * registry client, no image formats, and none of their libraries.
 */
#include <errno.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "launcher/general.h"
#include "launcher/program.h"
#include "launcher/run.h"
#include "launcher/selfpath.h"

static int print_help (struct err *err)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 16);
    strbuf_addf (&out,
                 "Usage: udocker-exec [OPTIONS] %s\n\n%s, once per rank "
                 "of a job\n\nOptions:\n",
                 run_operands, run_what);
    options_help (run_specs, &out);
    strbuf_adds (&out, "\nGeneral options:\n");
    options_help (general_specs, &out);
    return program_print (out.text, err);
}

/* An image has to become a container first, which is not for every rank to do:
 * the other program does it, when there is one process only. */
static char *make (const struct run_request *request, struct repo *repo,
                   const char *name, const struct pmi_job *job, struct err *err)
{
    char *const *argv = request->make_arg;
    scoped_strlist struct strlist words = {0};
    scoped_free char *udocker = selfpath_beside ("udocker", err);

    (void)repo;
    if (!udocker)
        return NULL;
    strlist_add (&words, udocker);
    strlist_add (&words, "run");
    strlist_add_all (&words, argv + 1);
    if (!job->launcher)
        execv (udocker, words.items);
    err_set (err, 0, "there is no container '%s'", name);
    err_hint (err, "'udocker create --name=NAME IMAGE' makes one");
    return NULL;
}

static int run (const struct general_options *general,
                const struct run_request *request, struct config *config,
                struct err *err)
{
    if (general->help)
        return print_help (err);
    if (general->version)
        return program_print ("version: " PACKAGE_VERSION "\n", err);
    if (general_check_user (general, err) < 0 ||
        general_configure (general, config, err) < 0)
        return -1;
    return run_container (request, err);
}

int main (int argc, char **argv)
{
    struct general_options general = {0};
    struct run_options options = {0};
    struct config config = {0};
    const struct option_group groups[] = {
        {general_specs, &general},
        {run_specs, &options},
        {0},
    };
    scoped_strlist struct strlist operands = {0};
    const struct run_request request = {
        .options = &options,
        .config = &config,
        .operands = &operands,
        .make = make,
        .make_arg = argv,
    };
    struct err err = {0};
    int status = -1;

    program_begin ("udocker-exec");
    if (options_parse (groups, OPTIONS_FIRST, argv + (argc > 0), &operands,
                       &err) == 0)
        status = run (&general, &request, &config, &err);
    config_clear (&config);
    options_clear (groups);
    return program_end (status, EXIT_OWN_FAILURE, &err);
}
