/* checksum.c - computing the digest of content, in one go or piece by piece
 *
 * The checksums are OpenSSL's: they use the processor's instructions.
 */
#include <string.h>

#include <openssl/evp.h>

#include "base/mem.h"
#include "store/checksum.h"

// What registries use; OCI knows no other.
static const struct algorithm {
    const char *prefix; // of the digest
    size_t n_hex;       // digits behind it
    const EVP_MD *(*md) (void);
} algorithms[] = {
    {"sha256:", 64, EVP_sha256},
    {"sha512:", 128, EVP_sha512},
};

struct checksum {
    const struct algorithm *algorithm;
    EVP_MD_CTX *ctx;
};

static const struct algorithm *find (const char *text)
{
    for (size_t i = 0; i < sizeof (algorithms) / sizeof (algorithms[0]); i++) {
        // "sha256" without the colon names one too
        size_t n = strlen (algorithms[i].prefix) - 1;

        if (strncmp (text, algorithms[i].prefix, n) == 0 &&
            (text[n] == ':' || text[n] == '\0'))
            return &algorithms[i];
    }
    return NULL;
}

struct checksum *checksum_begin (const char *like, struct err *err)
{
    const struct algorithm *algorithm = find (like);
    scoped_checksum struct checksum *sum = xcalloc (1, sizeof (*sum));

    if (!algorithm)
        return err_null (err, 0, "unknown kind of digest '%s'", like);
    sum->algorithm = algorithm;
    sum->ctx = EVP_MD_CTX_new ();
    if (!sum->ctx || EVP_DigestInit_ex (sum->ctx, algorithm->md (), NULL) != 1)
        return err_null (err, 0, "the crypto library refuses digest '%.6s'",
                         algorithm->prefix);
    return ptr_take (&sum);
}

int checksum_add (struct checksum *sum, const void *bytes, size_t n,
                  struct err *err)
{
    if (EVP_DigestUpdate (sum->ctx, bytes, n) != 1)
        return err_set (err, 0, "the crypto library cannot compute a digest");
    return 0;
}

int checksum_end (struct checksum *sum, char *text, struct err *err)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    char *at = text;

    if (EVP_DigestFinal_ex (sum->ctx, bytes, &n) != 1)
        return err_set (err, 0, "the crypto library cannot compute a digest");
    at = stpcpy (at, sum->algorithm->prefix);
    for (unsigned i = 0; i < n; i++) {
        *at++ = hex[bytes[i] >> 4];
        *at++ = hex[bytes[i] & 15];
    }
    *at = '\0';
    return 0;
}

void checksum_destroy (struct checksum *sum)
{
    if (!sum)
        return;
    EVP_MD_CTX_free (sum->ctx);
    free (sum);
}

int checksum_of (const char *like, const void *bytes, size_t n, char *text,
                 struct err *err)
{
    scoped_checksum struct checksum *sum = checksum_begin (like, err);

    if (!sum || checksum_add (sum, bytes, n, err) < 0)
        return -1;
    return checksum_end (sum, text, err);
}

int checksum_verify (const char *want, const void *bytes, size_t n,
                     const char *subject, struct err *err)
{
    char got[DIGEST_MAX + 1];

    if (checksum_of (want, bytes, n, got, err) < 0)
        return -1;
    if (strcmp (want, got) != 0)
        return err_set (err, 0,
                        "%s is damaged or was tampered with: its digest is "
                        "'%s', not '%s'",
                        subject, got, want);
    return 0;
}
