#ifndef STORE_STAGE_H
#define STORE_STAGE_H

#include "base/err.h"
#include "base/scope.h"
#include "store/repo.h"

/* A transaction: a private directory in which things are made before they are
 * renamed into place.  It lies under topdir/.udocker/stage, or under
 * .udocker/stage of the directory it is for when that is on another
 * filesystem (so whoever lists repos/ or containers/ passes over names that
 * begin with a dot).
 */
struct stage {
    char *name;    // of the directory: who owns it (see owner.h)
    int stages_fd; // the directory that holds it
    int dirfd;     // the directory itself, mode 0700; open for reading
};

/* Begin a transaction whose results are to be renamed to places below
 * 'target_dirfd' (repo->layers_fd, …).  What owners who are provably dead
 * have left is removed on the way.  NULL with 'err'. */
struct stage *stage_begin (const struct repo *repo, int target_dirfd,
                           struct err *err);

/* Remove what is still in the stage, and the stage.  Takes NULL, keeps
 * errno. */
void stage_end (struct stage *stage);

DEFINE_SCOPED (stage, struct stage, stage_end)
#define scoped_stage __attribute__ ((cleanup (stage_destroyp)))

/* Write 'n' bytes as the new file 'path' of the stage, and sync it. */
int stage_write (struct stage *stage, const char *path, const void *bytes,
                 size_t n, struct err *err);

/* Sync everything on the filesystem of the stage: for trees of many files
 * that were not synced one by one. */
int stage_sync (struct stage *stage, struct err *err);

/* Rename 'path' of the stage to 'name' below 'to_dirfd', and make that last
 * through a crash.  A file replaces a file.  A directory is put in the place
 * of an empty one only: err->code is then ENOTEMPTY or EEXIST.  The content
 * has been synced by the caller. */
int stage_publish (struct stage *stage, const char *path, int to_dirfd,
                   const char *name, struct err *err);

/* Move 'name' below 'from_dirfd' into the stage: it is gone at once, and its
 * content goes with the stage. */
int stage_discard (struct stage *stage, int from_dirfd, const char *name,
                   struct err *err);

#endif
