/* import_stage.c - a tar of the user's comes into the stage
 *
 * It is copied and summed in one go.  A file that may be moved gets one more
 * name in the stage instead, and keeps its own until the image is there: so
 * nothing is lost whatever goes wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "store/checksum.h"
#include "store/import_impl.h"

enum {
    COPY_BYTES = 256 << 10 // read at once
};

int import_open (const char *tar, struct err *err)
{
    struct stat st;
    bool is_stdin = strcmp (tar, "-") == 0;
    scoped_fd int fd = is_stdin ? fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                : open (tar, O_RDONLY | O_NOCTTY | O_CLOEXEC);

    if (fd < 0 || fstat (fd, &st) < 0)
        return err_set (err, errno, "cannot open '%s'", tar);
    if (S_ISDIR (st.st_mode))
        return err_set (err, 0, "'%s' is a directory", tar);
    if (is_stdin && isatty (fd))
        return err_set (err, 0,
                        "there is no archive on standard input, but a "
                        "terminal");
    return fd_take (&fd);
}

// Read 'fd' to its end, and write to 'to_fd' when that is not -1.
static int copy (int fd, int to_fd, struct checksum *sum,
                 struct import_layer *layer, struct err *err)
{
    scoped_free char *bytes = xmalloc (COPY_BYTES);
    ssize_t n;

    do {
        n = io_read_full (fd, bytes, COPY_BYTES);
        if (n < 0)
            return err_set (err, errno, "cannot read it");
        if (checksum_add (sum, bytes, (size_t)n, err) < 0)
            return -1;
        if (to_fd >= 0 && io_write_all (to_fd, bytes, (size_t)n) < 0)
            return err_set (err, errno, "cannot write the layer");
        layer->bytes += n;
    } while (n == COPY_BYTES);
    if (layer->bytes == 0)
        return err_set (err, 0, "it is empty");
    return checksum_end (sum, layer->digest, err);
}

/* Give the file one more name.  It may be on another filesystem, belong to
 * someone else, or the filesystem may have no such links. */
static bool link_file (struct stage *stage, int fd, const char *name)
{
    char path[64];
    struct stat st;

    snprintf (path, sizeof (path), "/proc/self/fd/%d", fd);
    return fstat (fd, &st) == 0 && S_ISREG (st.st_mode) &&
           lseek (fd, 0, SEEK_SET) == 0 &&
           linkat (AT_FDCWD, path, stage->dirfd, name, AT_SYMLINK_FOLLOW) == 0;
}

int import_stage (struct stage *stage, int fd, const char *name, bool move,
                  struct import_layer *layer, struct err *err)
{
    scoped_checksum struct checksum *sum = checksum_begin ("sha256", err);
    scoped_fd int file_fd = -1;

    *layer = (struct import_layer){0};
    if (!sum)
        return -1;
    layer->is_link = move && link_file (stage, fd, name);
    if (layer->is_link)
        file_fd = openat (stage->dirfd, name, O_RDONLY | O_CLOEXEC);
    else
        file_fd = openat (stage->dirfd, name,
                          O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_fd < 0)
        return err_set (err, errno, "cannot create the layer's file");
    if (copy (fd, layer->is_link ? -1 : file_fd, sum, layer, err) < 0)
        return -1;
    if (fsync (file_fd) < 0 || lseek (file_fd, 0, SEEK_SET) < 0)
        return err_set (err, errno, "cannot write the layer");
    return import_scan (file_fd, layer, err);
}
