#ifndef STORE_PULL_H
#define STORE_PULL_H

#include <stdbool.h>

#include "base/err.h"
#include "store/repo.h"

// How to reach a registry, and what to take from it.
struct pull_options {
    const char *registry;         // --registry: URL; NULL: from the name, else
    const char *default_registry; // dockerio_registry_url of the configuration
    const char *platform;         // "os/arch[/variant]"; NULL: the host's
    const char *proxy;            // --httpproxy; NULL: the environment's
    const char *user_agent;       // http_agent; NULL: ours
    bool insecure;                // accept any certificate
    long connect_timeout_s;       // ctimeout
    long timeout_s;               // for manifests
    long download_timeout_s;      // for one layer
    bool progress;                // draw on stderr (only when it is a terminal)
};

/* Bring image 'name' into the repository: manifest, configuration and layers,
 * layers in parallel, each checked by digest and size while it streams, and
 * published at once when all are there.  Layers that are here already are not
 * fetched.  0, or -1 with 'err' and the repository as it was. */
int pull_image (struct repo *repo, const char *name,
                const struct pull_options *options, struct err *err);

#endif
