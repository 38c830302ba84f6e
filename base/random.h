#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>

/* Fill 'n' bytes from the kernel's random source: getrandom, or /dev/urandom
 * where the kernel lacks it (before 3.17).  0, or -1 with errno. */
int random_bytes (void *bytes, size_t n);

#endif
