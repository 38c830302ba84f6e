#ifndef LAUNCHER_GUEST_H
#define LAUNCHER_GUEST_H

#include <stdbool.h>

#include "base/err.h"
#include "launcher/image_config.h"
#include "store/container.h"

// What a container's start takes from the container.
struct guest {
    char *id;                  // UUID; "" for a directory (--location)
    char *name;                // as the user calls it
    char *root_path;           // host path of its '/'
    char *mode;                // execution mode that was set, or NULL
    struct image_config image; // how it wants to be run
    char *passwd;              // text of its /etc/passwd, or NULL
    char *group;               // text of its /etc/group, or NULL
    bool lacks_shell;          // the configuration's 'cmd' is not in it
    int root_fd;               // its '/', O_PATH; -1 in tests
};

/* Take what is needed of an open container (borrowed), or of a directory that
 * is a root without metadata.  0, or -1 with 'err'.  The caller clears 'guest'
 * in either case. */
int guest_from_container (struct guest *guest,
                          const struct container *container, const char *name,
                          struct err *err);
int guest_from_directory (struct guest *guest, const char *path,
                          struct err *err);
void guest_clear (struct guest *guest);

/* Read its passwd and group files; those that are missing stay NULL. */
void guest_read_accounts (struct guest *guest);

/* Whether 'program' is a file in one of the directories of 'path' (a PATH),
 * or at its own path when it has a slash. */
bool guest_has_program (const struct guest *guest, const char *program,
                        const char *path);

#endif
