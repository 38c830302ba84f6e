#ifndef STORE_REGISTRY_H
#define STORE_REGISTRY_H

#include <stddef.h>

#include "base/err.h"
#include "base/scope.h"
#include "store/fetch.h"
#include "store/pull.h"
#include "store/reference.h"

// A repository of a registry, by the v2 protocol.
struct registry {
    struct fetch_source source;
    bool may_be_http; // plain http is tried when https is not answered
    long timeout_s;   // for manifests
};

/* Get ready to talk to the registry that 'ref' and 'options' name; nothing is
 * sent yet.  'options' must outlive it.  NULL with 'err'. */
struct registry *registry_open (const struct reference *ref,
                                const struct pull_options *options,
                                struct err *err);
void registry_close (struct registry *registry); // takes NULL

DEFINE_SCOPED (registry, struct registry, registry_close)
#define scoped_registry __attribute__ ((cleanup (registry_destroyp)))

/* The manifest or index 'name' (a tag or a digest), verified when its digest
 * is known.  The caller frees it; 'n_bytes' gets its length.  NULL with
 * 'err'. */
char *registry_manifest (struct registry *registry, const char *name,
                         size_t *n_bytes, struct err *err);

/* The URL of a blob; the caller frees it. */
char *registry_blob_url (const struct registry *registry, const char *digest);

#endif
