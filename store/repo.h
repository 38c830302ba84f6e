#ifndef STORE_REPO_H
#define STORE_REPO_H

#include "base/err.h"
#include "base/scope.h"

/* Where a repository is; every path is absolute.  From the configuration. */
struct repo_paths {
    char *topdir; // UDOCKER_DIR
    char *bindir; // topdir/bin unless set otherwise, and so on
    char *libdir;
    char *docdir;
    char *reposdir;  // image tags
    char *layersdir; // blobs
    char *containersdir;
};

/* An open repository: its directories as descriptors. */
struct repo {
    struct repo_paths paths; // copies, owned
    int top_fd;              // -1 when topdir does not exist
    int repos_fd;
    int layers_fd;
    int containers_fd;
};

/* Fill the paths that are NULL from 'topdir'; repo_paths_clear frees all. */
void repo_paths_complete (struct repo_paths *paths);
void repo_paths_clear (struct repo_paths *paths);

/* Make the directories of a repository that are missing, own ones (.udocker)
 * included.  Idempotent, safe when many processes do it at once.  0, or -1. */
int repo_create (const struct repo_paths *paths, struct err *err);

/* Open an existing repository; directories are opened with O_PATH and nothing
 * is scanned or written.  NULL with 'err' and a remedy when it is not one.
 * The caller closes it. */
struct repo *repo_open (const struct repo_paths *paths, struct err *err);
void repo_close (struct repo *repo); // takes NULL

DEFINE_SCOPED (repo, struct repo, repo_close)
#define scoped_repo __attribute__ ((cleanup (repo_destroyp)))

#endif
