#ifndef LAUNCHER_GENERAL_H
#define LAUNCHER_GENERAL_H

#include <stdbool.h>

#include "base/err.h"
#include "launcher/config.h"
#include "launcher/options.h"

// The options that every command takes, before its name or behind it.
struct general_options {
    bool help;               // -h, --help
    bool version;            // -V, --version
    bool debug;              // -D, --debug
    bool quiet;              // -q, --quiet
    bool insecure;           // --insecure: any certificate will do
    bool allow_root;         // --allow-root
    const char *repo;        // --repo=DIR, or NULL
    const char *config_path; // --config=FILE, or NULL
};

extern const struct option_spec general_specs[];

/* Read the configuration as these options ask for, and set the level of
 * messages.  0, or -1 with 'err'.  The caller clears 'config'. */
int general_configure (const struct general_options *general,
                       struct config *config, struct err *err);

/* Refuse to work as root unless --allow-root was given. */
int general_check_user (const struct general_options *general, struct err *err);

#endif
