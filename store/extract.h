#ifndef STORE_EXTRACT_H
#define STORE_EXTRACT_H

#include "base/err.h"

enum {
    EXTRACT_MAX_MEMBERS = 10 * 1000 * 1000 // of one layer
};

// What was done with a layer, or several: the counts are added to.
struct extract_report {
    long n_members;    // read, whiteouts included
    long n_devices;    // device nodes, which are left out
    long n_xattrs;     // extended attributes that were left out
    long long n_bytes; // of file content
};

/* Apply the layer that 'layer_fd' holds (a tar, plain or compressed by gzip,
 * zstd, xz or bzip2) to the tree at 'root_dirfd', in one pass.  'layer_fd' is
 * read to its end, from where it is.
 *
 * Nothing outside the root is reached, whatever the layer says.  Files belong
 * to the caller, who can read and write all of them and enter every directory;
 * the other permission bits and the modification times are the layer's;
 * set-user-ID and set-group-ID are dropped.  A whiteout hides what is there
 * when the call begins and leaves what this layer makes, wherever it stands.
 *
 * 0, or -1 with 'err' (naming the member) and the tree in an unknown state:
 * the caller throws it away. */
int extract_layer (int root_dirfd, int layer_fd, struct extract_report *report,
                   struct err *err);

#endif
