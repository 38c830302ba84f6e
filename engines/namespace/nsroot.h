#ifndef ENGINES_NAMESPACE_NSROOT_H
#define ENGINES_NAMESPACE_NSROOT_H

#include <stdbool.h>

#include "base/err.h"

/* The container's root while it is put together, inside a mount namespace of
 * its own.  From bottom to top, all mounted over root_path:
 *
 *     the container's directory itself        orig_fd
 *     a private tmpfs, made when needed       layer_fd
 *     the directory, bound; becomes '/'       root_fd
 */
struct nsroot {
    const char *root_path; // host path of the container's ROOT, borrowed
    int root_fd;           // what becomes '/'
    int layer_fd;          // the private tmpfs, -1 when there is none
    unsigned n_made;       // entries made in the tmpfs, which names them
    bool has_copies;       // some are copies of directories
};

/* Bind 'root_path' over itself, with a private tmpfs below it.  0, or -1 with
 * 'err'.  nsroot_close only closes descriptors. */
int nsroot_open (struct nsroot *root, const char *root_path, struct err *err);
void nsroot_close (struct nsroot *root);

/* Make 'root' the '/' of this process, over the old one; the working directory
 * is '/'.  Copies of directories can then no longer be changed. */
int nsroot_enter (struct nsroot *root, struct err *err);

/* A new file with 'content' ("" for an empty one), or a new directory, in the
 * private tmpfs.  Returns a descriptor or -1. */
int nsroot_make_file (struct nsroot *root, const char *content,
                      struct err *err);
int nsroot_make_dir (struct nsroot *root, struct err *err);

/* An O_PATH descriptor of the place 'cpath' in the container, to mount over;
 * 'is_dir' says of what kind it shall be.  When it is missing it is made: in
 * the container's own tree where that can be written, else in a private copy
 * of the nearest directory that exists (see underlay.c).  -1 with 'err'. */
int nsroot_mount_point (struct nsroot *root, const char *cpath, bool is_dir,
                        struct err *err);

/* Put host path 'path', with everything mounted below it, over the place
 * 'at_fd' (O_PATH); nsroot_bind_fd what 'fd' refers to.  0, or -1 with
 * errno. */
int nsroot_bind (const char *path, int at_fd);
int nsroot_bind_fd (int fd, int at_fd);

/* Make what is mounted at 'cpath' read-only, with everything mounted below it
 * where the kernel can (Linux 5.12), else the top mount alone.  0, or -1 with
 * 'err'. */
int nsroot_set_read_only (struct nsroot *root, const char *cpath,
                          struct err *err);

/* Replace the directory 'cpath' by a private copy in which new entries can be
 * made: a directory in the tmpfs with every entry of the old one bound into
 * it.  0, or -1 with 'err'. */
int nsroot_underlay (struct nsroot *root, const char *cpath, struct err *err);

#endif
