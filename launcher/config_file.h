#ifndef LAUNCHER_CONFIG_FILE_H
#define LAUNCHER_CONFIG_FILE_H

#include "base/err.h"

enum { CONFIG_FILE_MAX_BYTES = 256 << 10 };

/* Take one "key = value" of a file.  0 to go on, or -1 with 'err'. */
typedef int (*config_file_f) (const char *key, const char *value, void *arg,
                              struct err *err);

/* Hand every "key = value" of the INI text's section [DEFAULT] to 'take', keys
 * in lower case, a value's indented continuation lines joined by blanks.
 * Lines before the first section count as [DEFAULT]; other sections are
 * passed over.  0, or -1 with 'err', which names 'path' and the line. */
int config_file_parse (const char *text, const char *path, config_file_f take,
                       void *arg, struct err *err);

#endif
