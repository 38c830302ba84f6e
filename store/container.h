#ifndef STORE_CONTAINER_H
#define STORE_CONTAINER_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/scope.h"
#include "base/strlist.h"
#include "store/repo.h"

/* One container, opened by name or id. */
struct container {
    char *id;        // UUID
    char *path;      // host path of its directory
    char *root_path; // host path of its ROOT
    char *mode;      // content of 'execmode', or NULL when never set
    char *image;     // "name:tag" it was made from, or ""
    json_t *config;  // container.json; an empty object when there is none
    int dirfd;       // its directory
};

/* Open container 'name' (name or id) with as few requests as it takes: no
 * directory is scanned.  NULL with 'err'; err->code is ENOENT when there is no
 * such container.  The caller closes it. */
struct container *container_open (const struct repo *repo, const char *name,
                                  struct err *err);
void container_close (struct container *container); // takes NULL

DEFINE_SCOPED (container, struct container, container_close)
#define scoped_container __attribute__ ((cleanup (container_destroyp)))

/* Make a container out of image 'image' (as in `udocker create`): layers are
 * applied under stage/, then the whole is renamed into place and, when 'name'
 * is not NULL, named.  With 'force' an existing name moves to the new one.
 * Returns the id, which the caller frees, or NULL with 'err' and nothing
 * left behind. */
char *container_create (struct repo *repo, const char *image, const char *name,
                        bool force, struct err *err);

/* Remove the container and its names.  'force' also removes what needs a
 * chmod first.  Refused when protected. */
int container_remove (struct repo *repo, const char *name, bool force,
                      struct err *err);

/* Give container 'container' one more name; refused when it is taken or holds
 * one of / . [ ] or a blank. */
int container_name (struct repo *repo, const char *container, const char *name,
                    struct err *err);

/* Give the container that is named 'name' the name 'new_name' instead, in one
 * step.  Refused when 'name' is an id, or 'new_name' is taken or holds what a
 * name may not. */
int container_rename (const struct repo *repo, const char *name,
                      const char *new_name, struct err *err);

/* Take the name 'name' away; its container stays.  Refused when it is an id. */
int container_unname (const struct repo *repo, const char *name,
                      struct err *err);

/* Whether 'name' may be the name of a container. */
int container_check_name (const char *name, struct err *err);

// One line of `udocker ps`.
struct container_entry {
    char *id;
    char *image;          // "name:tag" or ""
    char *mode;           // execution mode, NULL when never set
    char writable;        // 'R', 'W', 'N' not found, 'D' not a directory
    bool is_protected;    // has a PROTECT mark
    struct strlist names; // sorted
};

/* All containers, sorted by id; container_list_free frees the array.  0 or -1
 * with 'err'. */
int container_list (const struct repo *repo, struct container_entry **entries,
                    size_t *n, struct err *err);
void container_list_free (struct container_entry *entries, size_t n);

#endif
