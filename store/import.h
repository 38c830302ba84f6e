#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "store/repo.h"

// A tar of files to import.
struct import_source {
    const char *tar;      // path, "-" for standard input; may be compressed
    const char *platform; // "os/arch[/variant]" it is for; NULL: the host's
    bool move;            // the file may go into the repository
};

/* Make the new image 'image' of one layer, which is the tar as it is.  With
 * 'move' the file at its path is gone afterwards, and was not copied when it
 * is on the repository's filesystem.  0, or -1 with 'err', the file in its
 * place and no image. */
int import_image (const struct repo *repo, const struct import_source *source,
                  const char *image, struct err *err);

/* Make a container of the tar's files and, when 'name' is not NULL, name it.
 * 'image' ("name:tag", NULL for "IMPORTED:unknown") is what it is said to be
 * made from.  Returns the id, which the caller frees, or NULL with 'err' and
 * nothing left behind. */
char *import_container (const struct repo *repo,
                        const struct import_source *source, const char *image,
                        const char *name, struct err *err);

/* The same of what 'udocker export --clone' wrote, metadata included. */
char *import_clone (const struct repo *repo, const struct import_source *source,
                    const char *name, struct err *err);

#endif
