/* load_read.c - the members of an archive of images, written to the stage
 *
 * Names of members never become names of files: a member is "member.N" in the
 * stage.  Only files and links are kept; links lead to other members by name
 * alone.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/checksum.h"
#include "store/layer.h"
#include "store/load_impl.h"
#include "store/memberpath.h"

enum {
    BLOCK_BYTES = 256 << 10 // read at once
};

static int refuse_archive (struct archive *tar, struct err *err)
{
    return err_set (err, 0, "cannot read the archive: %s",
                    archive_error_string (tar));
}

static int write_content (struct archive *tar, int fd,
                          struct load_member *member, struct checksum *sum,
                          struct err *err)
{
    scoped_free char *block = xmalloc (BLOCK_BYTES);
    const long long max = (long long)LOAD_MAX_GB << 30;

    for (;;) {
        la_ssize_t n = archive_read_data (tar, block, BLOCK_BYTES);

        if (n < 0)
            return refuse_archive (tar, err);
        if (n == 0)
            return 0;
        member->bytes += n;
        if (member->bytes > max)
            return err_set (err, 0, "member '%s' is larger than %d GB",
                            member->path, LOAD_MAX_GB);
        if (checksum_add (sum, block, (size_t)n, err) < 0)
            return -1;
        if (io_write_all (fd, block, (size_t)n) < 0)
            return err_set (err, errno, "cannot write member '%s'",
                            member->path);
    }
}

/* The digest that the name of a blob in an OCI layout claims, "sha256" for any
 * other member. */
static void claimed_digest (const char *path, char digest[DIGEST_MAX + 1])
{
    static const char blobs[] = "blobs/";
    char *slash;

    snprintf (digest, DIGEST_MAX + 1, "sha256");
    if (strncmp (path, blobs, strlen (blobs)) != 0 ||
        strlen (path) - strlen (blobs) > DIGEST_MAX)
        return;
    snprintf (digest, DIGEST_MAX + 1, "%s", path + strlen (blobs));
    slash = strchr (digest, '/');
    if (slash)
        *slash = ':';
    if (!digest_is_valid (digest))
        snprintf (digest, DIGEST_MAX + 1, "sha256");
}

static int take_file (struct load_members *members, struct archive *tar,
                      struct load_member *member, struct err *err)
{
    char claimed[DIGEST_MAX + 1];
    scoped_checksum struct checksum *sum = NULL;
    scoped_fd int fd = openat (members->stage->dirfd, member->file,
                               O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (fd < 0)
        return err_set (err, errno, "cannot create the file of member '%s'",
                        member->path);
    claimed_digest (member->path, claimed);
    sum = checksum_begin (claimed, err);
    if (!sum || write_content (tar, fd, member, sum, err) < 0 ||
        checksum_end (sum, member->digest, err) < 0)
        return -1;
    if (strchr (claimed, ':') && strcmp (claimed, member->digest) != 0)
        return err_set (err, 0,
                        "blob '%s' is damaged or was tampered with: it has "
                        "digest '%s'",
                        claimed, member->digest);
    return 0;
}

// The member that a link leads to; "" when that is nowhere.
static char *link_target (const char *path, const char *target, bool symbolic)
{
    char clean[PATH_MAX] = "";
    const char *slash = strrchr (path, '/');
    int n_dir = symbolic && *target != '/' && slash ? (int)(slash - path) : 0;
    scoped_free char *from = xasprintf ("%.*s/%s", n_dir, path, target);

    if (memberpath_clean (from, clean, NULL) < 0)
        clean[0] = '\0';
    return xstrdup (clean);
}

static void grow (struct load_members *members)
{
    if (members->n < members->size)
        return;
    members->size = members->size ? members->size * 2 : 64;
    members->items = xrealloc (members->items,
                               members->size * sizeof (*members->items));
}

static const struct load_member *find_exact (const struct load_members *members,
                                             const char *path, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp (members->items[i].path, path) == 0)
            return &members->items[i];
    }
    return NULL;
}

/* A second member of one name is refused, unless it is the same: two programs
 * might load different images from the archive. */
static int check_unique (const struct load_members *members, struct err *err)
{
    const struct load_member *last = &members->items[members->n - 1];
    const struct load_member *old = find_exact (members, last->path,
                                                members->n - 1);

    if (!old || (!old->target && !last->target &&
                 strcmp (old->digest, last->digest) == 0))
        return 0;
    return err_set (err, 0, "the archive has two members '%s'", last->path);
}

static int take (struct load_members *members, struct archive *tar,
                 struct archive_entry *entry, const char *path, struct err *err)
{
    const char *hard = archive_entry_hardlink (entry);
    const char *soft = archive_entry_symlink (entry);
    struct load_member *member;

    if (!hard && !soft && archive_entry_filetype (entry) != AE_IFREG)
        return 0;
    grow (members);
    member = &members->items[members->n];
    *member = (struct load_member){.path = xstrdup (path)};
    snprintf (member->file, sizeof (member->file), "member.%zu", members->n);
    members->n++;
    if (hard || soft)
        member->target = link_target (path, hard ? hard : soft, !hard);
    else if (take_file (members, tar, member, err) < 0)
        return -1;
    return check_unique (members, err);
}

static int take_entry (struct load_members *members, struct archive *tar,
                       struct archive_entry *entry, struct err *err)
{
    const char *name = archive_entry_pathname (entry);
    char path[PATH_MAX];

    if (!name)
        return err_set (err, 0, "a member of the archive has no name");
    if (strlen (name) > LOAD_MAX_PATH)
        return err_set (err, 0,
                        "member '%.64s...' has a name of more than %d "
                        "bytes",
                        name, LOAD_MAX_PATH);
    if (memberpath_clean (name, path, NULL) < 0)
        return err_set (err, 0, "member '%s' points outside the archive", name);
    return take (members, tar, entry, path, err);
}

static int take_all (struct load_members *members, struct archive *tar,
                     struct err *err)
{
    for (long n = 0;; n++) {
        struct archive_entry *entry;
        int rc = archive_read_next_header (tar, &entry);

        if (rc == ARCHIVE_EOF)
            return 0;
        // a warning is about names that are not UTF-8: they are kept as bytes
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            return refuse_archive (tar, err);
        if (n >= LOAD_MAX_MEMBERS)
            return err_set (err, 0, "the archive has more than %d members",
                            LOAD_MAX_MEMBERS);
        if (take_entry (members, tar, entry, err) < 0)
            return -1;
    }
}

int load_read (int fd, struct load_members *members, struct err *err)
{
    struct archive *tar = archive_read_new ();
    int rc;

    archive_read_support_format_tar (tar);
    layer_support_filters (tar);
    if (archive_read_open_fd (tar, fd, BLOCK_BYTES) == ARCHIVE_OK)
        rc = take_all (members, tar, err);
    else
        rc = refuse_archive (tar, err);
    archive_read_free (tar);
    return rc;
}

void load_members_clear (struct load_members *members)
{
    for (size_t i = 0; i < members->n; i++) {
        free (members->items[i].path);
        free (members->items[i].target);
    }
    free (members->items);
    *members = (struct load_members){0};
}

const struct load_member *load_find (const struct load_members *members,
                                     const char *path)
{
    char clean[PATH_MAX];
    const char *at = clean;

    if (memberpath_clean (path, clean, NULL) < 0)
        return NULL;
    for (int i = 0; i <= LOAD_MAX_LINKS; i++) {
        const struct load_member *member = find_exact (members, at, members->n);

        if (!member || !member->target)
            return member;
        at = member->target;
    }
    return NULL;
}

const struct load_member *load_find_digest (const struct load_members *members,
                                            const char *digest)
{
    for (size_t i = 0; i < members->n; i++) {
        if (!members->items[i].target &&
            strcmp (members->items[i].digest, digest) == 0)
            return &members->items[i];
    }
    return NULL;
}

json_t *load_json (const struct load_members *members,
                   const struct load_member *member, char **text, size_t *n,
                   struct err *err)
{
    scoped_free char *content = NULL;
    size_t n_content = 0;
    json_t *json;

    if (member->bytes > MANIFEST_MAX_BYTES)
        return err_null (err, 0, "'%s' is larger than %d bytes", member->path,
                         MANIFEST_MAX_BYTES);
    content = io_read_file (members->stage->dirfd, member->file,
                            MANIFEST_MAX_BYTES, &n_content, err);
    if (!content)
        return NULL;
    json = json_from_text (content, n_content, member->path, err);
    if (json && text) {
        *text = ptr_take (&content);
        *n = n_content;
    }
    return json;
}
