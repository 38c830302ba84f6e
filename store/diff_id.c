/* diff_id.c - the digest of a layer without its compression
 *
 * A layer's name in layers/ is the digest of its file, compressed or not. The
 * configuration of an image names its layers by the digest of the plain tar,
 * which does not change when the layer is compressed another way.
 */
#include <archive.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/checksum.h"
#include "store/diff_id.h"
#include "store/layer.h"

enum {
    BLOCK_BYTES = 256 << 10 // read at once
};

static int add_all (struct archive *raw, struct checksum *sum, struct err *err)
{
    scoped_free char *block = xmalloc (BLOCK_BYTES);

    for (;;) {
        la_ssize_t n = archive_read_data (raw, block, BLOCK_BYTES);

        if (n < 0)
            return err_set (err, 0, "cannot read the layer: %s",
                            archive_error_string (raw));
        if (n == 0)
            return 0;
        if (checksum_add (sum, block, (size_t)n, err) < 0)
            return -1;
    }
}

static int add_file (struct archive *raw, int fd, struct checksum *sum,
                     struct err *err)
{
    struct archive_entry *entry;
    int rc;

    layer_support_filters (raw);
    archive_read_support_format_raw (raw);
    archive_read_support_format_empty (raw);
    rc = archive_read_open_fd (raw, fd, BLOCK_BYTES);
    if (rc == ARCHIVE_OK)
        rc = archive_read_next_header (raw, &entry);
    if (rc == ARCHIVE_EOF)
        return 0;
    if (rc != ARCHIVE_OK)
        return err_set (err, 0, "cannot read the layer: %s",
                        archive_error_string (raw));
    return add_all (raw, sum, err);
}

int diff_id_of (int fd, const char *like, char *text, struct err *err)
{
    scoped_checksum struct checksum *sum = checksum_begin (like, err);
    struct archive *raw = archive_read_new ();
    int rc = sum ? add_file (raw, fd, sum, err) : -1;

    archive_read_free (raw);
    return rc < 0 ? -1 : checksum_end (sum, text, err);
}
