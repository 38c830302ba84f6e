#ifndef STORE_DIGEST_H
#define STORE_DIGEST_H

#include <stdbool.h>

enum {
    DIGEST_MAX = 7 + 128, // characters of the longest, "sha512:" and its hex
};

/* Whether 'text' is "sha256:" and 64, or "sha512:" and 128 lower-case hex
 * digits.  What passes is safe as the name of a file. */
bool digest_is_valid (const char *text);

#endif
