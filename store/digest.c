/* digest.c - the names of content: its checksum, as registries write it
 *
 * Apart from checksum.c, so that checking a name does not link a crypto
 * library.
 */
#include <stddef.h>
#include <string.h>

#include "store/digest.h"

// What registries use; OCI knows no other.
static const struct {
    const char *prefix; // of the digest
    size_t n_hex;       // digits behind it
} kinds[] = {
    {"sha256:", 64},
    {"sha512:", 128},
};

static bool is_of_kind (const char *text, size_t i)
{
    size_t n_prefix = strlen (kinds[i].prefix);

    return strncmp (text, kinds[i].prefix, n_prefix) == 0 &&
           strspn (text + n_prefix, "0123456789abcdef") == kinds[i].n_hex &&
           !text[n_prefix + kinds[i].n_hex];
}

bool digest_is_valid (const char *text)
{
    for (size_t i = 0; i < sizeof (kinds) / sizeof (kinds[0]); i++) {
        if (is_of_kind (text, i))
            return true;
    }
    return false;
}
