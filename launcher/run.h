#ifndef LAUNCHER_RUN_H
#define LAUNCHER_RUN_H

#include "base/err.h"
#include "base/strlist.h"
#include "launcher/config.h"
#include "launcher/run_options.h"
#include "pmi/job.h"
#include "store/repo.h"

// One call of `udocker run` or udocker-exec.
struct run_request {
    const struct run_options *options;
    const struct config *config;
    const struct strlist *operands; // CONTAINER and the program's words

    /* There is no container 'name': make one of the image of that name, for a
     * process that 'job' started.  Returns its id, which the caller frees, or
     * NULL with 'err'. */
    char *(*make) (const struct run_request *request, struct repo *repo,
                   const char *name, const struct pmi_job *job,
                   struct err *err);
    void *make_arg; // for it
};

/* Do it: with success the process becomes the program, or with --rm ends as
 * the program did, so this returns only for --print-plan and on failure.
 * Returns the exit status, 'err' filled if it is to be told. */
int run_container (const struct run_request *request, struct err *err);

#endif
