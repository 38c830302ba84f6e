/* nsroot.c - the mounts that make a directory the root of a container
 *
 * Only mount(2) as it has been since Linux 2.6 is used:
 * the newer calls would be a second way to the same place.  Mount points are
 * descriptors (/proc/self/fd/N), so what was resolved below the root is what
 * is mounted over.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "engines/namespace/nsroot.h"
#include "engines/namespace/userns.h"

static void fd_path (char path[32], int fd)
{
    snprintf (path, 32, "/proc/self/fd/%d", fd);
}

int nsroot_bind (const char *path, int at_fd)
{
    char to[32];

    fd_path (to, at_fd);
    return mount (path, to, NULL, MS_BIND | MS_REC, NULL);
}

int nsroot_bind_fd (int fd, int at_fd)
{
    char from[32];

    fd_path (from, fd);
    return nsroot_bind (from, at_fd);
}

static int open_dir (const char *path, struct err *err)
{
    int fd = open (path, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot enter the container's root '%s'",
                        path);
    return fd;
}

// The first mount of all, and so where a policy shows that lets namespaces
// pass but takes their capabilities.
static int mount_layer (struct nsroot *root, struct err *err)
{
    if (mount ("tmpfs", root->root_path, "tmpfs", MS_NODEV | MS_NOSUID,
               "mode=0755,size=64m") < 0) {
        int code = errno;

        err_set (err, code, "cannot mount in the user namespace");
        return userns_explain (code, err);
    }
    root->layer_fd = open_dir (root->root_path, err);
    return root->layer_fd < 0 ? -1 : 0;
}

/* Bind the directory over the tmpfs that covers it.  Mounts below it came from
 * the parent namespace and may not be left out, which EINVAL tells; a recursive
 * bind takes the tmpfs along, and a second one lies on top and is taken off. */
static int bind_root (const struct nsroot *root, int orig_fd)
{
    char from[32];

    fd_path (from, orig_fd);
    if (mount (from, root->root_path, NULL, MS_BIND, NULL) == 0)
        return 0;
    if (errno != EINVAL ||
        mount (from, root->root_path, NULL, MS_BIND | MS_REC, NULL) < 0)
        return -1;
    return umount2 (root->root_path, MNT_DETACH);
}

int nsroot_open (struct nsroot *root, const char *root_path, struct err *err)
{
    scoped_fd int orig_fd = open_dir (root_path, err);

    *root = (struct nsroot){
        .root_path = root_path, .root_fd = -1, .layer_fd = -1};
    if (orig_fd < 0 || mount_layer (root, err) < 0)
        return -1;
    if (bind_root (root, orig_fd) < 0)
        return err_set (err, errno, "cannot bind the container's root '%s'",
                        root_path);
    root->root_fd = open_dir (root_path, err);
    return root->root_fd < 0 ? -1 : 0;
}

void nsroot_close (struct nsroot *root)
{
    fd_closep (&root->root_fd);
    fd_closep (&root->layer_fd);
}

static void next_name (struct nsroot *root, char name[16])
{
    snprintf (name, 16, "%u", root->n_made++);
}

int nsroot_make_file (struct nsroot *root, const char *content, struct err *err)
{
    scoped_fd int fd = -1;
    char name[16];

    next_name (root, name);
    fd = openat (root->layer_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                 0644);
    if (fd < 0 || io_write_all (fd, content, strlen (content)) < 0)
        return err_set (err, errno, "cannot make a file for the container");
    return fd_take (&fd);
}

int nsroot_make_dir (struct nsroot *root, struct err *err)
{
    char name[16];

    next_name (root, name);
    if (mkdirat (root->layer_fd, name, 0755) < 0)
        return err_set (err, errno,
                        "cannot make a directory for the container");
    return openat (root->layer_fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Move the root over the old one and stay there, as switch_root does.
 *
 * pivot_root would take the old root off, but looks at every thread of the
 * node to do so, and taking it off waits for every CPU: together a sixth of a
 * rank's start, and more on larger nodes; and it refuses where '/' is the
 * initial ramfs of a diskless node.  What is covered cannot be reached by a
 * path, is released with the namespace, and is no secret from its user. */
static int change_root (const struct nsroot *root)
{
    if (fchdir (root->root_fd) < 0 || mount (".", "/", NULL, MS_MOVE, NULL) < 0)
        return -1;
    return chroot (".");
}

/* What a program writes into a copied directory would be lost without a word,
 * so all of the tmpfs is for reading only then.  It costs as much as three
 * mounts, and generated files alone do not need it. */
static int seal_layer (const struct nsroot *root)
{
    char path[32];

    if (!root->has_copies)
        return 0;
    fd_path (path, root->layer_fd);
    return mount (NULL, path, NULL,
                  MS_REMOUNT | MS_RDONLY | MS_NODEV | MS_NOSUID, NULL);
}

int nsroot_enter (struct nsroot *root, struct err *err)
{
    if (seal_layer (root) < 0)
        return err_set (err, errno, "cannot seal the container's own layer");
    if (fchdir (root->root_fd) < 0 || change_root (root) < 0 || chdir ("/") < 0)
        return err_set (err, errno, "cannot make '%s' the root",
                        root->root_path);
    return 0;
}
