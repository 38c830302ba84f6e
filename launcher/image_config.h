#ifndef LAUNCHER_IMAGE_CONFIG_H
#define LAUNCHER_IMAGE_CONFIG_H

#include <jansson.h>

#include "base/err.h"
#include "base/strlist.h"

/* How an image wants to be run: the "config" object of a container.json, which
 * Docker and OCI write alike.  Empty fields mean that it does not say. */
struct image_config {
    struct strlist entrypoint; // program before the command line's words
    struct strlist cmd;        // words when the command line has none
    struct strlist env;        // NAME=VALUE
    char *workdir;             // directory to start in, or NULL
    char *user;                // NAME, UID, UID:GID …, or NULL
};

/* Read 'json' (borrowed; an object, perhaps empty).  Members that are missing,
 * null or empty stay empty; a command that is one string is a list of one.
 * 0, or -1 with 'err' naming the member that is of another type.  The caller
 * clears 'config' in either case. */
int image_config_read (const json_t *json, struct image_config *config,
                       struct err *err);
void image_config_clear (struct image_config *config);

#endif
