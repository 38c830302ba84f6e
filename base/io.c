/* io.c - whole reads, whole writes, files replaced at once */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "base/strbuf.h"

ssize_t io_read_full (int fd, void *bytes, size_t n)
{
    size_t done = 0;

    while (done < n) {
        ssize_t got = read (fd, (char *)bytes + done, n - done);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

int io_write_all (int fd, const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n > 0) {
        ssize_t put = write (fd, at, n);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        at += put;
        n -= (size_t)put;
    }
    return 0;
}

char *io_read_fd (int fd, const char *path, size_t max, size_t *n_bytes,
                  struct err *err)
{
    scoped_strbuf struct strbuf buf;
    char block[8192];
    ssize_t got;

    strbuf_init (&buf, max);
    do {
        got = io_read_full (fd, block, sizeof (block));
        if (got < 0)
            return err_null (err, errno, "cannot read '%s'", path);
        strbuf_add (&buf, block, (size_t)got);
    } while ((size_t)got == sizeof (block) && !buf.cut);
    if (buf.cut) {
        err_set (err, 0, "'%s' is larger than %zu bytes", path, max);
        if (err)
            err->code = EFBIG;
        return NULL;
    }
    if (n_bytes)
        *n_bytes = buf.len;
    return strbuf_detach (&buf);
}

char *io_read_file (int dirfd, const char *path, size_t max, size_t *n_bytes,
                    struct err *err)
{
    scoped_fd int fd = openat (dirfd, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;

    if (fd < 0)
        return err_null (err, errno, "cannot open '%s'", path);
    if (fstat (fd, &st) < 0)
        return err_null (err, errno, "cannot read '%s'", path);
    if (!S_ISREG (st.st_mode))
        return err_null (err, 0, "'%s' is not a regular file", path);
    return io_read_fd (fd, path, max, n_bytes, err);
}

static int write_synced (int fd, const char *text)
{
    if (io_write_all (fd, text, strlen (text)) < 0)
        return -1;
    return fsync (fd);
}

int io_replace_file (int dirfd, const char *path, const char *text, mode_t mode,
                     struct err *err)
{
    scoped_free char *temp = xasprintf ("%s.%ld.new", path, (long)getpid ());
    scoped_fd int fd = -1;

    unlinkat (dirfd, temp, 0); // one of ours that died under this pid
    fd = openat (dirfd, temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0)
        return err_set (err, errno, "cannot create '%s'", temp);
    if (write_synced (fd, text) < 0 ||
        renameat (dirfd, temp, dirfd, path) < 0) {
        err_set (err, errno, "cannot write '%s'", path);
        unlinkat (dirfd, temp, 0);
        return -1;
    }
    return 0;
}

int io_sync_dir (int dirfd)
{
    scoped_fd int fd = openat (dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return -1;
    // some network filesystems know no sync of a directory
    return fsync (fd) < 0 && errno != EINVAL ? -1 : 0;
}

char *io_read_link (int dirfd, const char *name)
{
    char target[PATH_MAX];
    ssize_t n = readlinkat (dirfd, name, target, sizeof (target));

    if (n == (ssize_t)sizeof (target))
        errno = ENAMETOOLONG;
    if (n < 0 || n == (ssize_t)sizeof (target))
        return NULL;
    return xstrndup (target, (size_t)n);
}

static int make_dir (const char *path)
{
    struct stat st;
    int code;

    if (mkdir (path, 0777) == 0)
        return 0;
    code = errno;
    // a read-only or forbidden parent hides that the directory exists
    if (stat (path, &st) == 0)
        code = S_ISDIR (st.st_mode) ? 0 : ENOTDIR;
    errno = code;
    return code ? -1 : 0;
}

int io_mkdir_p (const char *path, struct err *err)
{
    scoped_free char *part = xstrdup (path);

    for (char *slash = part + 1; *slash; slash++) {
        if (*slash != '/')
            continue;
        *slash = '\0';
        if (make_dir (part) < 0)
            return err_set (err, errno, "cannot create directory '%s'", part);
        *slash = '/';
    }
    if (make_dir (part) < 0)
        return err_set (err, errno, "cannot create directory '%s'", path);
    return 0;
}

char *io_absolute (const char *path)
{
    char cwd[PATH_MAX];

    if (path[0] == '/' || !getcwd (cwd, sizeof (cwd)))
        return xstrdup (path);
    return xasprintf ("%s/%s", cwd, path);
}
