/* import_scan.c - what is in a tar, before it becomes a layer
 *
 * One archive reader decompresses, another reads the tar that comes out; in
 * between the bytes are summed.  So an image that cannot be made a container
 * is refused when it is imported, and its diff_id costs no pass of its own.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "store/checksum.h"
#include "store/extract.h"
#include "store/import_impl.h"
#include "store/layer.h"
#include "store/memberpath.h"

enum {
    READ_BYTES = 256 << 10 // at once
};

// What OCI calls a layer that is compressed so; it has no word for the others.
static const struct {
    int filter; // libarchive's code
    const char *type;
} types[] = {
    {ARCHIVE_FILTER_NONE, "application/vnd.oci.image.layer.v1.tar"},
    {ARCHIVE_FILTER_GZIP, "application/vnd.oci.image.layer.v1.tar+gzip"},
    {ARCHIVE_FILTER_ZSTD, "application/vnd.oci.image.layer.v1.tar+zstd"},
    {ARCHIVE_FILTER_XZ, "application/vnd.oci.image.layer.v1.tar+xz"},
    {ARCHIVE_FILTER_BZIP2, "application/vnd.oci.image.layer.v1.tar+bzip2"},
};

// One tar being looked at.
struct scan {
    struct archive *outer; // decompresses
    struct archive *tar;   // reads members
    struct checksum *sum;  // of what is between
    char *bytes;           // READ_BYTES of it
};

static const char *find_type (int filter)
{
    for (size_t i = 0; i < sizeof (types) / sizeof (types[0]); i++) {
        if (types[i].filter == filter)
            return types[i].type;
    }
    return types[0].type;
}

// Called by the reader of the tar for more bytes.
static la_ssize_t pull (struct archive *tar, void *arg, const void **bytes)
{
    struct scan *scan = arg;
    la_ssize_t n = archive_read_data (scan->outer, scan->bytes, READ_BYTES);
    struct err err;

    *bytes = scan->bytes;
    if (n < 0)
        archive_set_error (tar, EIO, "%s", archive_error_string (scan->outer));
    else if (checksum_add (scan->sum, scan->bytes, (size_t)n, &err) < 0) {
        archive_set_error (tar, EIO, "%s", err.text);
        return -1;
    }
    return n < 0 ? -1 : n;
}

static int cannot_read (struct archive *archive, struct err *err)
{
    return err_set (err, 0, "cannot read it as a tar: %s",
                    archive_error_string (archive));
}

static int begin (struct scan *scan, int fd, struct err *err)
{
    struct archive_entry *entry;

    scan->outer = archive_read_new ();
    scan->tar = archive_read_new ();
    scan->bytes = xmalloc (READ_BYTES);
    scan->sum = checksum_begin ("sha256", err);
    if (!scan->sum)
        return -1;
    archive_read_support_format_raw (scan->outer);
    layer_support_filters (scan->outer);
    archive_read_support_format_tar (scan->tar);
    if (archive_read_open_fd (scan->outer, fd, READ_BYTES) != ARCHIVE_OK ||
        archive_read_next_header (scan->outer, &entry) != ARCHIVE_OK)
        return cannot_read (scan->outer, err);
    if (archive_read_open (scan->tar, scan, NULL, pull, NULL) != ARCHIVE_OK)
        return cannot_read (scan->tar, err);
    return 0;
}

static void end (struct scan *scan)
{
    archive_read_free (scan->tar);
    archive_read_free (scan->outer);
    checksum_destroy (scan->sum);
    free (scan->bytes);
}

static int check_member (struct archive_entry *entry, struct err *err)
{
    const char *name = archive_entry_pathname (entry);
    char clean[PATH_MAX];

    if (!name)
        return err_set (err, 0, "a member of it has no name");
    return memberpath_clean (name, clean, err);
}

static int read_members (struct scan *scan, struct err *err)
{
    struct archive_entry *entry;
    long n = 0;

    for (;;) {
        int rc = archive_read_next_header (scan->tar, &entry);

        if (rc == ARCHIVE_EOF)
            return 0;
        // a warning is about names that are not UTF-8: they are kept as bytes
        if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
            return cannot_read (scan->tar, err);
        if (++n > EXTRACT_MAX_MEMBERS)
            return err_set (err, 0, "it has more than %d members",
                            EXTRACT_MAX_MEMBERS);
        if (check_member (entry, err) < 0)
            return -1;
    }
}

// The padding behind the last member counts too.
static int read_rest (struct scan *scan, struct err *err)
{
    const void *bytes;
    la_ssize_t n;

    do {
        n = pull (scan->tar, scan, &bytes);
    } while (n > 0);
    return n < 0 ? cannot_read (scan->tar, err) : 0;
}

int import_scan (int fd, struct import_layer *layer, struct err *err)
{
    struct scan scan = {0};
    int rc = begin (&scan, fd, err);

    if (rc == 0)
        rc = read_members (&scan, err);
    if (rc == 0)
        rc = read_rest (&scan, err);
    if (rc == 0) {
        layer->type = find_type (archive_filter_code (scan.outer, 0));
        rc = checksum_end (scan.sum, layer->diff_id, err);
    }
    end (&scan);
    return rc;
}
