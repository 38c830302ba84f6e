/* export.c - a container as a tar
 *
 * The tar is written as the tree is walked, in the pax format, with headers of
 * its own only for what older formats cannot hold.  Nothing is kept of it but
 * the names of files that have several.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "store/container_clone.h"
#include "store/container_part.h"
#include "store/export.h"
#include "store/holes.h"
#include "store/treewalk.h"
#include "store/xattrs.h"

enum {
    BUFFER_BYTES = 256 << 10, // of content at once
    BLOCK_BYTES = 25 * 10240, // written at once
    LAST_BLOCK_BYTES = 10240  // what the tar's size is a multiple of
};

// One export in progress.
struct archiver {
    struct archive *tar;         // what is written
    struct archive_entry *entry; // the member at hand, used again and again
    char *buffer;                // BUFFER_BYTES
    char *zeros;                 // as many, for holes
};

static int refused (struct archiver *out, struct err *err)
{
    int code = archive_errno (out->tar);

    if (code > 0)
        return err_set (err, code, "cannot write the archive");
    return err_set (err, 0, "cannot write the archive: %s",
                    archive_error_string (out->tar));
}

static int add_xattr (void *arg, const char *name, const void *value, size_t n,
                      struct err *err)
{
    (void)err;
    archive_entry_xattr_add_entry (arg, name, value, n);
    return 0;
}

// Tell the archive where the data is; a file without holes is as it is.
static int describe_holes (struct archiver *out, int fd, off_t bytes)
{
    off_t at = 0, from, to;
    int more = holes_next_data (fd, 0, bytes, &from, &to);

    if (more > 0 && from == 0 && to == bytes)
        return 0;
    while (more > 0) {
        archive_entry_sparse_add_entry (out->entry, from, to - from);
        at = to;
        more = holes_next_data (fd, at, bytes, &from, &to);
    }
    // a file that is one hole is told by an empty piece at its end
    if (more == 0 && at == 0 && bytes > 0)
        archive_entry_sparse_add_entry (out->entry, bytes, 0);
    return more;
}

static int describe_link (struct archiver *out,
                          const struct treewalk_entry *entry)
{
    scoped_free char *target = io_read_link (entry->dirfd, entry->name);

    if (!target)
        return -1;
    archive_entry_set_symlink (out->entry, target);
    return 0;
}

static int describe (struct archiver *out, const struct treewalk_entry *entry,
                     struct err *err)
{
    const struct stat *st = entry->st;
    int rc = 0;

    archive_entry_clear (out->entry);
    archive_entry_set_pathname (out->entry, entry->depth ? entry->path : "./");
    archive_entry_set_mode (out->entry, st->st_mode);
    archive_entry_set_mtime (out->entry, st->st_mtim.tv_sec,
                             st->st_mtim.tv_nsec);
    archive_entry_set_uname (out->entry, "root");
    archive_entry_set_gname (out->entry, "root");
    if (entry->first) {
        archive_entry_set_hardlink (out->entry, entry->first);
        return 0;
    }
    if (S_ISLNK (st->st_mode))
        rc = describe_link (out, entry);
    if (S_ISREG (st->st_mode)) {
        archive_entry_set_size (out->entry, st->st_size);
        rc = describe_holes (out, entry->fd, st->st_size);
    }
    if (rc < 0)
        return err_set (err, errno, "cannot read '%s'", entry->path);
    if (entry->fd >= 0)
        return xattrs_each (entry->fd, add_xattr, out->entry, err);
    return 0;
}

// 'n' bytes of content; the archive takes the zeros of a hole for a hole.
static int put (struct archiver *out, const char *bytes, off_t n,
                struct err *err)
{
    while (n > 0) {
        size_t piece = n < BUFFER_BYTES ? (size_t)n : BUFFER_BYTES;
        la_ssize_t done = archive_write_data (out->tar, bytes, piece);

        if (done <= 0)
            return refused (out, err);
        n -= done;
        if (bytes != out->zeros)
            bytes += done;
    }
    return 0;
}

static int put_data (struct archiver *out, const struct treewalk_entry *entry,
                     off_t from, off_t to, struct err *err)
{
    while (from < to) {
        off_t left = to - from;
        ssize_t n = pread (entry->fd, out->buffer,
                           left < BUFFER_BYTES ? (size_t)left : BUFFER_BYTES,
                           from);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set (err, errno, "cannot read '%s'", entry->path);
        if (n == 0)
            return err_set (err, 0, "'%s' became shorter while it was read",
                            entry->path);
        if (put (out, out->buffer, n, err) < 0)
            return -1;
        from += n;
    }
    return 0;
}

static int put_content (struct archiver *out,
                        const struct treewalk_entry *entry, struct err *err)
{
    off_t bytes = entry->st->st_size;
    off_t at = 0, from, to;
    int more = holes_next_data (entry->fd, at, bytes, &from, &to);

    while (more > 0) {
        if (put (out, out->zeros, from - at, err) < 0 ||
            put_data (out, entry, from, to, err) < 0)
            return -1;
        at = to;
        more = holes_next_data (entry->fd, at, bytes, &from, &to);
    }
    if (more < 0)
        return err_set (err, errno, "cannot read '%s'", entry->path);
    return put (out, out->zeros, bytes - at, err);
}

static int add (void *arg, const struct treewalk_entry *entry, struct err *err)
{
    struct archiver *out = arg;
    int rc;

    if (describe (out, entry, err) < 0)
        return -1;
    rc = archive_write_header (out->tar, out->entry);
    // a warning is about names that are not UTF-8: they are kept as bytes
    if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
        return refused (out, err);
    if (S_ISREG (entry->st->st_mode) && !entry->first)
        return put_content (out, entry, err);
    return 0;
}

static int nothing (void *arg, const struct treewalk_entry *entry,
                    struct err *err)
{
    (void)arg;
    (void)entry;
    (void)err;
    return 0;
}

static int begin (struct archiver *out, int fd, struct err *err)
{
    out->tar = archive_write_new ();
    out->entry = archive_entry_new ();
    out->buffer = xmalloc (BUFFER_BYTES);
    out->zeros = xcalloc (1, BUFFER_BYTES);
    archive_write_set_format_pax (out->tar);
    archive_write_set_bytes_per_block (out->tar, BLOCK_BYTES);
    archive_write_set_bytes_in_last_block (out->tar, LAST_BLOCK_BYTES);
    return archive_write_open_fd (out->tar, fd) == ARCHIVE_OK
               ? 0
               : refused (out, err);
}

static void end (struct archiver *out)
{
    archive_write_free (out->tar);
    archive_entry_free (out->entry);
    free (out->buffer);
    free (out->zeros);
}

static int write_tree (int dirfd, bool whole, int fd, struct err *err)
{
    struct archiver out = {0};
    const struct treewalk walk = {
        .enter = add,
        .leave = nothing,
        .file = add,
        .arg = &out,
        .is_part = whole ? container_part_is : NULL,
    };
    int rc = begin (&out, fd, err);

    if (rc == 0)
        rc = treewalk (dirfd, &walk, err);
    if (rc == 0 && archive_write_close (out.tar) != ARCHIVE_OK)
        rc = refused (&out, err);
    // what failed is not completed
    if (rc < 0)
        archive_write_fail (out.tar);
    end (&out);
    return rc;
}

int export_container (const struct repo *repo, const char *container,
                      bool whole, int fd, struct err *err)
{
    scoped_container struct container *from = container_open (repo, container,
                                                              err);
    scoped_fd int dirfd = -1;
    int rc;

    if (!from)
        return -1;
    dirfd = openat (from->dirfd, whole ? "." : "ROOT",
                    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dirfd < 0)
        rc = err_set (err, errno, "cannot open its directory");
    else
        rc = write_tree (dirfd, whole, fd, err);
    if (rc == 0)
        rc = container_clone_check (repo, from, err);
    return rc < 0 ? err_prefix (err, "cannot export '%s'", container) : 0;
}
