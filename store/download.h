#ifndef STORE_DOWNLOAD_H
#define STORE_DOWNLOAD_H

#include "base/err.h"
#include "store/manifest.h"
#include "store/progress.h"
#include "store/registry.h"
#include "store/repo.h"

/* Bring all blobs of 'manifest' that layers/ lacks there, several at a time,
 * each verified.  'timeout_s' is for one of them.  0, or -1 with 'err'; blobs
 * that came whole stay. */
int download_blobs (struct registry *registry, const struct repo *repo,
                    const struct manifest *manifest, long timeout_s,
                    struct progress *progress, struct err *err);

#endif
