/* extract_impl.h - what the extract_*.c files share; for no one else */
#ifndef STORE_EXTRACT_IMPL_H
#define STORE_EXTRACT_IMPL_H

#include <archive.h>
#include <archive_entry.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "base/err.h"
#include "store/extract.h"
#include "store/memberpath.h"
#include "store/pathset.h"

// A directory whose time is set when nothing more is made in it.
struct extract_dir {
    char *path;            // clean
    struct timespec mtime; // to be set
};

// One layer on its way into a root.
struct extract {
    int root_dirfd;                // borrowed
    struct archive *archive;       // the layer, borrowed
    struct extract_report *report; // the caller's
    mode_t lost_bits;    // permissions that creation may take away (the umask)
    mode_t dir_bits;     // S_ISGID when directories here inherit it, else 0
    bool over_lower;     // there is something that whiteouts could hide
    struct pathset made; // by this layer; empty unless over_lower
    struct extract_dir *dirs; // directories of this layer
    size_t n_dirs;            // of these
    size_t dirs_size;         // slots allocated
    int parent_fd;            // the directory of the last member, or -1
    char parent[PATH_MAX];    // its clean path
};

// One member of the layer.
struct member {
    struct archive_entry *entry; // borrowed from the archive
    char path[PATH_MAX];         // clean
    char target[PATH_MAX];       // clean, of a hard link; "" for others
    mode_t mode;                 // permission bits to set
    int parent_fd;               // its directory, borrowed
    const char *base;            // the last part, inside 'path'
    int fd;                      // the new file, -1 for what is none
};

/* The directory that holds 'path', borrowed until the next call; '*base'
 * points at the last part inside 'path'.  Symbolic links on the way are
 * followed inside the root.  With 'make' missing directories are made; without
 * it a missing one is -1 with err->code ENOENT or ENOTDIR. */
int extract_parent (struct extract *extract, const char *path, bool make,
                    const char **base, struct err *err);

/* Forget the directory of the last member. */
void extract_parent_forget (struct extract *extract);

/* Remember that directory 'path' was last changed at 'mtime'; apply sets that
 * for all of them; free forgets them. */
void extract_dirs_add (struct extract *extract, const char *path,
                       struct timespec mtime);
void extract_dirs_apply (struct extract *extract);
void extract_dirs_free (struct extract *extract);

/* Make 'member' (not a whiteout, not the root) in the place of what is there,
 * with content, mode and time. */
int extract_make (struct extract *extract, struct member *member,
                  struct err *err);

/* Remove what the layers below have at 'path' (a whiteout), or in directory
 * 'path' (an opaque marker; "" for the root). */
int extract_hide (struct extract *extract, const char *path, struct err *err);
int extract_hide_below (struct extract *extract, const char *path,
                        struct err *err);

#endif
