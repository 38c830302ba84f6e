/* extract.c - a layer is applied to a root, in one pass
 *
 * This file reads the layer and decides for each member whether it is made
 * (extract_make.c) or hides something (extract_hide.c).  It neither opens the
 * layer's blob nor checks its digest: what is in the store has been checked.
 *
 * The process's locale should be "C", as it is unless setlocale is called:
 * libarchive would otherwise normalise names.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/scope.h"
#include "store/extract_impl.h"
#include "store/layer.h"
#include "store/whiteout.h"

enum {
    MAX_DIR_BITS = 01777, // permissions that a directory may get
    MAX_FILE_BITS = 0777, // and a file
    ALL_BITS = 07777
};

static bool is_empty (DIR *dir)
{
    const struct dirent *entry;

    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (strcmp (entry->d_name, ".") != 0 &&
            strcmp (entry->d_name, "..") != 0)
            return false;
    }
    return true;
}

// The permissions that new files may not get although they are asked for.
static mode_t find_lost_bits (int root_fd)
{
    mode_t mask;

    if (fgetxattr (root_fd, "system.posix_acl_default", NULL, 0) > 0)
        return ALL_BITS;
    mask = umask (077); // there is no other way to read it on all kernels
    umask (mask);
    return mask;
}

static int begin (struct extract *extract, struct err *err)
{
    int fd = openat (extract->root_dirfd, ".",
                     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    struct stat st;

    if (!dir || fstat (fd, &st) < 0) {
        err_set (err, errno, "cannot open the container's root");
        if (!dir)
            fd_closep (&fd);
        return -1;
    }
    extract->dir_bits = st.st_mode & S_ISGID;
    extract->lost_bits = find_lost_bits (fd);
    extract->over_lower = !is_empty (dir);
    pathset_init (&extract->made);
    return 0;
}

static void end (struct extract *extract)
{
    extract_parent_forget (extract);
    extract_dirs_free (extract);
    pathset_free (&extract->made);
}

static mode_t mode_of (struct archive_entry *entry)
{
    mode_t perm = archive_entry_perm (entry);

    if (archive_entry_filetype (entry) == AE_IFDIR)
        return (perm & MAX_DIR_BITS) | 0700;
    return (perm & MAX_FILE_BITS) | 0600;
}

// The root itself: it is there, and only gets mode and time.
static int set_root (struct extract *extract, struct archive_entry *entry,
                     struct err *err)
{
    const struct timespec mtime = {
        .tv_sec = archive_entry_mtime (entry),
        .tv_nsec = archive_entry_mtime_nsec (entry),
    };

    if (archive_entry_filetype (entry) != AE_IFDIR)
        return err_set (err, 0, "member '%s' is not a directory",
                        archive_entry_pathname (entry));
    if (fchmodat (extract->root_dirfd, ".", mode_of (entry) | extract->dir_bits,
                  0) < 0)
        return err_set (err, errno, "cannot set the mode of the root");
    extract_dirs_add (extract, "", mtime);
    return 0;
}

// Fill in what is known of the member before it is made.
static int describe (struct extract *extract, struct member *member,
                     struct err *err)
{
    const char *target = archive_entry_hardlink (member->entry);

    member->mode = mode_of (member->entry);
    member->target[0] = '\0';
    if (target && memberpath_clean (target, member->target, err) < 0)
        return -1;
    if (target && !member->target[0])
        return err_set (err, 0, "member '%s' is a link to the root",
                        member->path);
    member->parent_fd = extract_parent (extract, member->path, true,
                                        &member->base, err);
    return member->parent_fd < 0 ? -1 : 0;
}

static int make (struct extract *extract, struct member *member,
                 struct err *err)
{
    if (!member->path[0])
        return set_root (extract, member->entry, err);
    if (describe (extract, member, err) < 0)
        return -1;
    if (strcmp (member->path, member->target) == 0)
        return 0; // one more name that is the same
    if (extract_make (extract, member, err) < 0)
        return -1;
    if (extract->over_lower)
        pathset_add (&extract->made, member->path);
    return 0;
}

// Put 'base' in the place of the last part of the path.
static void replace_base (struct member *member, const char *base)
{
    char *slash = strrchr (member->path, '/');
    char *at = slash && *base ? slash + 1 : slash;

    if (!at)
        at = member->path;
    memmove (at, base, strlen (base) + 1);
}

static int apply (struct extract *extract, struct member *member,
                  struct err *err)
{
    const char *name = archive_entry_pathname (member->entry);
    const char *slash, *hidden;

    if (!name)
        return err_set (err, 0, "a member of the layer has no name");
    if (memberpath_clean (name, member->path, err) < 0)
        return -1;
    slash = strrchr (member->path, '/');
    switch (whiteout_parse (slash ? slash + 1 : member->path, &hidden)) {
    case WHITEOUT_NAME:
        replace_base (member, hidden);
        return extract_hide (extract, member->path, err);
    case WHITEOUT_OPAQUE:
        replace_base (member, "");
        return extract_hide_below (extract, member->path, err);
    case WHITEOUT_META:
        return 0;
    case WHITEOUT_BAD:
        return err_set (err, 0, "member '%s' hides nothing", name);
    case WHITEOUT_NONE:
        break;
    }
    return make (extract, member, err);
}

// Every member of the layer, up to the end of its archive.
static int apply_all (struct extract *extract, struct err *err)
{
    struct member member;
    long n = 0;

    for (;;) {
        int rc = archive_read_next_header (extract->archive, &member.entry);

        if (rc == ARCHIVE_EOF)
            return 0;
        // a warning is about names that are not UTF-8: they are kept as bytes
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            return err_set (err, 0, "cannot read the layer: %s",
                            archive_error_string (extract->archive));
        if (++n > EXTRACT_MAX_MEMBERS)
            return err_set (err, 0, "the layer has more than %d members",
                            EXTRACT_MAX_MEMBERS);
        extract->report->n_members++;
        if (apply (extract, &member, err) < 0)
            return -1;
    }
}

int extract_layer (int root_dirfd, int layer_fd, struct extract_report *report,
                   struct err *err)
{
    struct extract extract = {
        .root_dirfd = root_dirfd,
        .report = report,
        .parent_fd = -1,
    };
    scoped_layer struct layer *layer = layer_open (layer_fd, err);
    int rc;

    if (!layer)
        return -1;
    extract.archive = layer_archive (layer);
    rc = begin (&extract, err);
    if (rc == 0)
        rc = apply_all (&extract, err);
    if (rc == 0)
        extract_dirs_apply (&extract);
    end (&extract);
    return rc;
}
