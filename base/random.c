/* random.c - random bytes, for names that nobody else will choose */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/io.h"
#include "base/random.h"
#include "base/scope.h"

static int from_device (void *bytes, size_t n)
{
    scoped_fd int fd = open ("/dev/urandom", O_RDONLY | O_CLOEXEC);
    ssize_t got;

    if (fd < 0)
        return -1;
    got = io_read_full (fd, bytes, n);
    if (got >= 0 && (size_t)got < n)
        errno = EIO;
    return got == (ssize_t)n ? 0 : -1;
}

int random_bytes (void *bytes, size_t n)
{
#ifdef SYS_getrandom
    // up to 256 bytes come whole and without EINTR
    if (n <= 256 && syscall (SYS_getrandom, bytes, n, 0) == (long)n)
        return 0;
#endif
    return from_device (bytes, n);
}
