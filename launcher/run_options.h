#ifndef LAUNCHER_RUN_OPTIONS_H
#define LAUNCHER_RUN_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strlist.h"
#include "launcher/options.h"

// The options of `udocker run` and of udocker-exec, as they were given.
struct run_options {
    bool remove;             // --rm
    const char *workdir;     // --workdir, or NULL; so for all strings here
    const char *user;        // --user
    struct strlist volumes;  // --volume, HOST[:CONTAINER[:ro|rw]]
    struct strlist novol;    // --novol
    struct strlist env;      // --env, NAME[=VALUE]
    struct strlist env_file; // --env-file
    bool hostauth;
    bool containerauth;
    bool nosysdirs;
    bool nometa;
    bool hostenv;
    const char *cpuset; // --cpuset-cpus
    const char *name;
    bool bindhome;
    const char *location;
    bool nobanner;
    const char *entrypoint; // "" clears that of the image
    const char *platform;
    const char *pull; // --pull=HOW; NULL stands for "missing"
    const char *registry;
    const char *index;
    const char *httpproxy;
    const char *execmode; // --execmode, for this run only
    bool print_plan;
};

extern const struct option_spec run_specs[];

/* What the programs say about themselves in --help. */
extern const char run_operands[];
extern const char run_what[];

/* Refuse values that mean nothing, and options that contradict each other. */
int run_options_check (const struct run_options *options, struct err *err);

#endif
