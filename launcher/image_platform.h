#ifndef LAUNCHER_IMAGE_PLATFORM_H
#define LAUNCHER_IMAGE_PLATFORM_H

#include <jansson.h>

#include "store/repo.h"

/* "os/architecture" as a container.json says (borrowed; may be NULL), "unknown"
 * in place of what it does not.  The caller frees it. */
char *config_platform (const json_t *config);

/* The same for image 'name' of the repository. */
char *image_platform (const struct repo *repo, const char *name);

#endif
