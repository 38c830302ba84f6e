/* general.c - the options of all commands, and what follows from them */
#include <stddef.h>
#include <unistd.h>

#include "base/log.h"
#include "launcher/general.h"

#define FIELD(name) offsetof (struct general_options, name)

const struct option_spec general_specs[] = {
    {"help", 'h', OPTION_FLAG, NULL, FIELD (help), "show this help"},
    {"version", 'V', OPTION_FLAG, NULL, FIELD (version), "show the version"},
    {"debug", 'D', OPTION_FLAG, NULL, FIELD (debug), "say what is being done"},
    {"quiet", 'q', OPTION_FLAG, NULL, FIELD (quiet), "say less"},
    {"insecure", 0, OPTION_FLAG, NULL, FIELD (insecure),
     "accept any certificate of a registry, and plain http"},
    {"repo", 0, OPTION_STRING, "DIR", FIELD (repo),
     "use the repository in DIR"},
    {"config", 0, OPTION_STRING, "FILE", FIELD (config_path),
     "read FILE after the other configuration files"},
    {"allow-root", 0, OPTION_FLAG, NULL, FIELD (allow_root),
     "work as root too (not recommended)"},
    {0},
};

static void set_level (const struct general_options *general, long level)
{
    if (general->quiet)
        level = LOG_MSG;
    if (general->debug)
        level = LOG_DEBUG;
    log_set_level (level > LOG_DEBUG ? LOG_DEBUG : (enum log_level)level);
}

int general_configure (const struct general_options *general,
                       struct config *config, struct err *err)
{
    struct config_sources sources = {
        .repo = general->repo,
        .file_path = general->config_path,
    };

    // what the configuration says about itself is for -D only
    log_set_level (general->debug ? LOG_DEBUG : LOG_WARN);
    if (config_load (config, &sources, err) < 0)
        return -1;
    if (general->insecure)
        config->http_insecure = true;
    set_level (general, config->verbose_level);
    return 0;
}

int general_check_user (const struct general_options *general, struct err *err)
{
    if (geteuid () != 0 || general->allow_root)
        return 0;
    err_set (err, 0,
             "root is refused: programs in containers would run as "
             "the real root");
    return err_hint (err, "use an account of your own, or --allow-root");
}
