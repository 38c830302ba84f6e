#ifndef STORE_LAYER_H
#define STORE_LAYER_H

#include "base/err.h"
#include "base/scope.h"

struct archive;

/* A layer's blob that is read as a tar: plain, or compressed by gzip, zstd, xz
 * or bzip2, which its first bytes tell. */
struct layer;

/* Begin to read the layer in 'fd', which must stay open.  NULL with 'err'. */
struct layer *layer_open (int fd, struct err *err);
void layer_close (struct layer *layer); // takes NULL

/* Its members, to be read with libarchive; belongs to the layer. */
struct archive *layer_archive (const struct layer *layer);

/* Let 'archive', new for reading, undo each compression that a layer may
 * have. */
void layer_support_filters (struct archive *archive);

DEFINE_SCOPED (layer, struct layer, layer_close)
#define scoped_layer __attribute__ ((cleanup (layer_destroyp)))

#endif
