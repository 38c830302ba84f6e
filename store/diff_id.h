#ifndef STORE_DIFF_ID_H
#define STORE_DIFF_ID_H

#include "base/err.h"

/* The digest of what the layer in 'fd' is without its compression: what the
 * configuration of an image calls its diff_id.  'like' names the algorithm, as
 * for checksum_begin; 'text' has room for DIGEST_MAX + 1.  Reads from where
 * 'fd' stands.  0, or -1 with 'err'. */
int diff_id_of (int fd, const char *like, char *text, struct err *err);

#endif
