/* clone_file.c - the content of one file, copied in the cheapest way
 *
 * What a filesystem can do is found by trying: any refusal leads to the next
 * way, and one that says "never" is remembered.
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/fs.h>

#include "base/io.h"
#include "store/clone_file.h"
#include "store/holes.h"

enum {
    COPY_BYTES = 64 << 10 // read at once
};

static bool is_never (int code)
{
    return code == EOPNOTSUPP || code == ENOSYS || code == ENOTTY ||
           code == EXDEV || code == EINVAL || code == EPERM;
}

static bool reflink (struct clone_ways *ways, int from_fd, int to_fd)
{
    if (ways->no_reflink)
        return false;
    if (ioctl (to_fd, FICLONE, from_fd) == 0)
        return true;
    ways->no_reflink = is_never (errno);
    return false;
}

// How far the kernel came from 'at' to 'end'.
static off_t copy_by_kernel (struct clone_ways *ways, int from_fd, int to_fd,
                             off_t at, off_t end)
{
    while (at < end && !ways->no_copy_range) {
        loff_t in = at, out = at;
        ssize_t n = copy_file_range (from_fd, &in, to_fd, &out,
                                     (size_t)(end - at), 0);

        if (n < 0)
            ways->no_copy_range = is_never (errno);
        if (n <= 0)
            break;
        at += n;
    }
    return at;
}

static int copy_by_hand (int from_fd, int to_fd, off_t at, off_t end)
{
    char bytes[COPY_BYTES];

    if (lseek (from_fd, at, SEEK_SET) < 0 || lseek (to_fd, at, SEEK_SET) < 0)
        return -1;
    while (at < end) {
        off_t left = end - at;
        ssize_t n = io_read_full (
            from_fd, bytes, left < COPY_BYTES ? (size_t)left : COPY_BYTES);

        if (n < 0 || io_write_all (to_fd, bytes, (size_t)n) < 0)
            return -1;
        if (n == 0)
            return 0; // it has become shorter
        at += n;
    }
    return 0;
}

int clone_file (struct clone_ways *ways, int from_fd, int to_fd, off_t bytes)
{
    off_t at = 0, from, to;
    int more;

    if (bytes == 0 || reflink (ways, from_fd, to_fd))
        return 0;
    for (;;) {
        more = holes_next_data (from_fd, at, bytes, &from, &to);
        if (more <= 0)
            break;
        at = copy_by_kernel (ways, from_fd, to_fd, from, to);
        if (at < to && copy_by_hand (from_fd, to_fd, at, to) < 0)
            return -1;
        at = to;
    }
    return more < 0 ? -1 : ftruncate (to_fd, bytes);
}
