/* layer.c - a layer's blob as a stream of tar members */
#include <archive.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/layer.h"

enum {
    READ_BYTES = 256 << 10 // of the blob at once
};

struct layer {
    struct archive *tar; // the members
};

void layer_support_filters (struct archive *archive)
{
    archive_read_support_filter_gzip (archive);
    archive_read_support_filter_zstd (archive);
    archive_read_support_filter_xz (archive);
    archive_read_support_filter_bzip2 (archive);
}

struct layer *layer_open (int fd, struct err *err)
{
    scoped_layer struct layer *layer = xcalloc (1, sizeof (*layer));
    struct stat st;

    // libarchive takes no bytes for an archive of no members
    if (fstat (fd, &st) == 0 && S_ISREG (st.st_mode) && st.st_size == 0)
        return err_null (err, 0, "the layer's file is empty");
    layer->tar = archive_read_new ();
    archive_read_support_format_tar (layer->tar);
    archive_read_support_format_empty (layer->tar);
    layer_support_filters (layer->tar);
    if (archive_read_open_fd (layer->tar, fd, READ_BYTES) != ARCHIVE_OK)
        return err_null (err, 0, "cannot read the layer: %s",
                         archive_error_string (layer->tar));
    return ptr_take (&layer);
}

void layer_close (struct layer *layer)
{
    if (!layer)
        return;
    archive_read_free (layer->tar);
    free (layer);
}

struct archive *layer_archive (const struct layer *layer)
{
    return layer->tar;
}
