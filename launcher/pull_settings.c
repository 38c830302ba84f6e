/* pull_settings.c - how the configuration wants images to be pulled */
#include <unistd.h>

#include "base/log.h"
#include "launcher/pull_settings.h"

void pull_settings (const struct config *config, struct pull_options *pull)
{
    *pull = (struct pull_options){
        .default_registry = config->dockerio_registry_url,
        .proxy = config->http_proxy,
        .user_agent = config->http_agent,
        .insecure = config->http_insecure,
        .connect_timeout_s = config->ctimeout,
        .timeout_s = config->timeout,
        .download_timeout_s = config->download_timeout,
        .progress = isatty (STDERR_FILENO) && log_get_level () >= LOG_INFO,
    };
}
