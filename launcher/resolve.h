#ifndef LAUNCHER_RESOLVE_H
#define LAUNCHER_RESOLVE_H

#include "base/err.h"
#include "base/strlist.h"
#include "launcher/config.h"
#include "launcher/guest.h"
#include "launcher/host.h"
#include "launcher/run_options.h"
#include "plan/plan.h"
#include "pmi/job.h"

// Everything that decides how a program is run; all borrowed.
struct resolve_input {
    const struct run_options *options; // of the command line
    const struct strlist *command;     // its words behind CONTAINER
    const struct strlist *env_lines;   // of the files of --env-file
    const struct config *config;
    const struct guest *guest; // the container
    const struct host *host;   // the caller
    const struct pmi_job *job; // the launcher that started this rank
};

/* Merge it into one plan.  Pure: makes no system call, so that a test can hand
 * it any machine.  NULL with 'err' when something contradicts or is not known.
 * The caller destroys the plan, after plan_check. */
struct plan *resolve (const struct resolve_input *in, struct err *err);

#endif
