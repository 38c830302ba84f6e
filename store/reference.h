#ifndef STORE_REFERENCE_H
#define STORE_REFERENCE_H

#include "base/err.h"

/* The name of an image, taken apart by Docker's grammar
 * (distribution/reference): [host[:port]/]path[:tag][@digest]. */
struct reference {
    char *host;   // "registry:port" as written; NULL: the default registry
    char *path;   // as the registry knows it: "library/debian" for docker.io
    char *tag;    // "latest" when neither tag nor digest was given; may be NULL
    char *digest; // "sha256:hex" or NULL
    char *name;   // the part before tag and digest as the user wrote it: the
                  // directory under repos/ ("127.0.0.1:5000/x", "debian")
};

/* Take 'text' apart.  0, or -1 with 'err' saying which part is malformed;
 * nothing that could climb out of repos/ passes.  The caller clears 'ref'. */
int reference_parse (const char *text, struct reference *ref, struct err *err);
void reference_clear (struct reference *ref);

/* The directory under repos/NAME/ that 'ref' has: its tag, or its digest when
 * it was named by that alone.  Borrowed. */
const char *reference_dir (const struct reference *ref);

#endif
