#ifndef LAUNCHER_PULL_SETTINGS_H
#define LAUNCHER_PULL_SETTINGS_H

#include "launcher/config.h"
#include "store/pull.h"

/* Fill 'pull' with what the configuration says; what the command line says goes
 * over it.  Strings are borrowed from 'config'. */
void pull_settings (const struct config *config, struct pull_options *pull);

#endif
