#ifndef STORE_CHECKSUM_H
#define STORE_CHECKSUM_H

#include <stddef.h>

#include "base/err.h"
#include "base/scope.h"
#include "store/digest.h"

/* A digest that is computed piece by piece. */
struct checksum;

/* Begin one by the algorithm of 'like', a valid digest or just "sha256".
 * NULL with 'err' when the crypto library does not have it. */
struct checksum *checksum_begin (const char *like, struct err *err);
int checksum_add (struct checksum *sum, const void *bytes, size_t n,
                  struct err *err);
/* The result as "sha256:hex"; 'text' has room for DIGEST_MAX + 1.  Nothing can
 * be added after it. */
int checksum_end (struct checksum *sum, char *text, struct err *err);
void checksum_destroy (struct checksum *sum); // takes NULL

DEFINE_SCOPED (checksum, struct checksum, checksum_destroy)
#define scoped_checksum __attribute__ ((cleanup (checksum_destroyp)))

/* Digest of 'n' bytes by the algorithm of 'like', into 'text' as above. */
int checksum_of (const char *like, const void *bytes, size_t n, char *text,
                 struct err *err);

/* Check that 'n' bytes have digest 'want'; -1 with an 'err' that names
 * 'subject'. */
int checksum_verify (const char *want, const void *bytes, size_t n,
                     const char *subject, struct err *err);

#endif
