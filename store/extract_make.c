/* extract_make.c - one member of a layer becomes a file, directory or link
 *
 * Everything is made by one name in a directory descriptor, and only where
 * nothing is: what is in the way is removed first, so that no file is ever
 * written through a link or into another name's content.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/io.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "store/extract_impl.h"
#include "store/tree.h"

/* How a type of member is made: 0, or -1 with errno; EEXIST when something is
 * in the way. */
typedef int make_f (struct extract *extract, struct member *member);
// What it gets once it is there.
typedef int finish_f (struct extract *extract, struct member *member,
                      struct err *err);

static int make_file (struct extract *extract, struct member *member)
{
    (void)extract;
    member->fd = openat (member->parent_fd, member->base,
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                         member->mode);
    return member->fd < 0 ? -1 : 0;
}

// A directory that is there already stays, with the new mode.
static int make_dir (struct extract *extract, struct member *member)
{
    mode_t mode = member->mode | extract->dir_bits;
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    bool is_new = mkdirat (member->parent_fd, member->base, mode) == 0;

    if (!is_new && errno != EEXIST)
        return -1;
    if (is_new && (mode & extract->lost_bits) == 0 &&
        archive_entry_xattr_count (member->entry) == 0)
        return 0;
    member->fd = openat (member->parent_fd, member->base, flags);
    if (member->fd < 0) {
        if (errno == ENOTDIR || errno == ELOOP)
            errno = EEXIST;
        return -1;
    }
    return fchmod (member->fd, mode);
}

static int make_symlink (struct extract *extract, struct member *member)
{
    const char *target = archive_entry_symlink (member->entry);

    (void)extract;
    return symlinkat (target ? target : "", member->parent_fd, member->base);
}

static int make_fifo (struct extract *extract, struct member *member)
{
    int flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;

    if (mkfifoat (member->parent_fd, member->base, member->mode) < 0)
        return -1;
    if ((member->mode & extract->lost_bits) == 0)
        return 0;
    member->fd = openat (member->parent_fd, member->base, flags);
    return member->fd < 0 ? -1 : fchmod (member->fd, member->mode);
}

// A device cannot be made; one is not expected to be there either.
static int skip_device (struct extract *extract, struct member *member)
{
    extract->report->n_devices++;
    return tree_remove (member->parent_fd, member->base, NULL);
}

/* The target may be in this layer or in one below; a link is not followed, so
 * it is the link that gets one more name. */
static int make_hardlink (struct extract *extract, struct member *member)
{
    const char *base;
    scoped_fd int dirfd = rootpath_open_parent (extract->root_dirfd,
                                                member->target, &base, NULL);

    if (dirfd < 0)
        return -1;
    return linkat (dirfd, base, member->parent_fd, member->base, 0);
}

static int write_at (int fd, const char *bytes, size_t n, off_t at)
{
    while (n > 0) {
        ssize_t put = pwrite (fd, bytes, n, at);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return -1;
        bytes += put;
        at += put;
        n -= (size_t)put;
    }
    return 0;
}

// Content goes where the archive says: what it leaves out is a hole.
static int write_content (struct extract *extract, struct member *member,
                          struct err *err)
{
    struct archive *archive = extract->archive;
    la_int64_t end = 0;
    const void *bytes;
    la_int64_t at;
    size_t n;
    int rc = archive_read_data_block (archive, &bytes, &n, &at);

    while (rc == ARCHIVE_OK || rc == ARCHIVE_WARN) {
        if (write_at (member->fd, bytes, n, at) < 0)
            return err_set (err, errno, "cannot write '%s'", member->path);
        end = at + (la_int64_t)n;
        extract->report->n_bytes += (long long)n;
        rc = archive_read_data_block (archive, &bytes, &n, &at);
    }
    if (rc != ARCHIVE_EOF)
        return err_set (err, 0, "cannot read '%s' from the layer: %s",
                        member->path, archive_error_string (archive));
    if (end < archive_entry_size (member->entry) &&
        ftruncate (member->fd, archive_entry_size (member->entry)) < 0)
        return err_set (err, errno, "cannot write '%s'", member->path);
    return 0;
}

/* The user's own attributes are kept where the filesystem can; the others mean
 * privileges or labels of another machine.  None is worth failing for. */
static void set_xattrs (struct extract *extract, struct member *member)
{
    const char *name;
    const void *value;
    size_t n;

    archive_entry_xattr_reset (member->entry);
    while (archive_entry_xattr_next (member->entry, &name, &value, &n) ==
           ARCHIVE_OK) {
        if (member->fd < 0 || strncmp (name, "user.", 5) != 0 ||
            fsetxattr (member->fd, name, value, n, 0) < 0)
            extract->report->n_xattrs++;
    }
}

static struct timespec mtime_of (const struct member *member)
{
    return (struct timespec){
        .tv_sec = archive_entry_mtime (member->entry),
        .tv_nsec = archive_entry_mtime_nsec (member->entry),
    };
}

/* The time of the last change.  A filesystem that cannot hold it (before 1970,
 * after 2038) keeps its own: nothing depends on it. */
static void set_time (struct member *member)
{
    const struct timespec times[2] = {
        {.tv_nsec = UTIME_OMIT},
        mtime_of (member),
    };

    if (member->fd >= 0)
        futimens (member->fd, times);
    else
        utimensat (member->parent_fd, member->base, times, AT_SYMLINK_NOFOLLOW);
}

static int finish_file (struct extract *extract, struct member *member,
                        struct err *err)
{
    if (write_content (extract, member, err) < 0)
        return -1;
    set_xattrs (extract, member);
    if ((member->mode & extract->lost_bits) &&
        fchmod (member->fd, member->mode) < 0)
        return err_set (err, errno, "cannot set the mode of '%s'",
                        member->path);
    set_time (member);
    // network filesystems tell of a full disk or quota this late
    if (close (fd_take (&member->fd)) < 0 && errno != EINTR)
        return err_set (err, errno, "cannot write '%s'", member->path);
    return 0;
}

// The time is for when the directory is full.
static int finish_dir (struct extract *extract, struct member *member,
                       struct err *err)
{
    (void)err;
    set_xattrs (extract, member);
    extract_dirs_add (extract, member->path, mtime_of (member));
    return 0;
}

static int finish_other (struct extract *extract, struct member *member,
                         struct err *err)
{
    (void)err;
    set_xattrs (extract, member);
    set_time (member);
    return 0;
}

struct maker {
    mode_t type;      // of the member
    make_f *make;     // makes it
    finish_f *finish; // gives it the rest, or NULL
};

static const struct maker hardlink_maker = {0, make_hardlink, NULL};
static const struct maker makers[] = {
    {AE_IFREG, make_file, finish_file},     {AE_IFDIR, make_dir, finish_dir},
    {AE_IFLNK, make_symlink, finish_other}, {AE_IFIFO, make_fifo, finish_other},
    {AE_IFCHR, skip_device, NULL},          {AE_IFBLK, skip_device, NULL},
};

static const struct maker *find_maker (const struct member *member)
{
    mode_t type = archive_entry_filetype (member->entry);

    if (member->target[0])
        return &hardlink_maker;
    for (size_t i = 0; i < sizeof (makers) / sizeof (makers[0]); i++) {
        if (makers[i].type == type)
            return &makers[i];
    }
    return &makers[0]; // as POSIX wants for types that one does not know
}

static int make_anew (struct extract *extract, struct member *member,
                      make_f *make, struct err *err)
{
    int rc = make (extract, member);

    if (rc < 0 && errno == EEXIST) {
        if (tree_remove (member->parent_fd, member->base, err) < 0)
            return -1;
        rc = make (extract, member);
    }
    if (rc < 0 && member->target[0])
        return err_set (err, errno, "cannot link '%s' to '%s'", member->path,
                        member->target);
    if (rc < 0)
        return err_set (err, errno, "cannot create '%s'", member->path);
    return 0;
}

int extract_make (struct extract *extract, struct member *member,
                  struct err *err)
{
    const struct maker *maker = find_maker (member);
    int rc;

    member->fd = -1;
    rc = make_anew (extract, member, maker->make, err);
    if (rc == 0 && maker->finish)
        rc = maker->finish (extract, member, err);
    fd_closep (&member->fd);
    return rc;
}
