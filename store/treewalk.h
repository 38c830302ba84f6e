#ifndef STORE_TREEWALK_H
#define STORE_TREEWALK_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/err.h"
#include "store/memberpath.h"

enum {
    TREEWALK_MAX_DEPTH = MEMBERPATH_MAX_DEPTH + 2 // ROOT is one, a file one
};

// What a walk has come to; all is borrowed until the call returns.
struct treewalk_entry {
    const char *path;      // below the top; "" for the top itself
    const char *name;      // its last part
    const char *first;     // path by which this file was met before, or NULL
    const struct stat *st; // of itself, not of what a link leads to
    int dirfd;             // the directory that holds it; -1 for the top
    int fd;                // open for reading; -1 for what has no content here
    int depth;             // 0 for the top
};

typedef int treewalk_f (void *arg, const struct treewalk_entry *entry,
                        struct err *err);

// Who looks at a tree.  -1 with 'err' ends the walk.
struct treewalk {
    treewalk_f *enter; // for a directory, before what is in it
    treewalk_f *leave; // and after
    treewalk_f *file;  // for a file, symbolic link or FIFO
    void *arg;         // for all of them

    /* Whether the entry 'name' of the top is part of it; NULL: all are. */
    bool (*is_part) (const char *name);
};

/* Walk the tree of directory 'top_fd', the entries of each directory by the
 * order of their names.  Links are not followed.  Devices and sockets, which
 * nobody can take along, and what vanishes meanwhile are passed over. */
int treewalk (int top_fd, const struct treewalk *walk, struct err *err);

#endif
