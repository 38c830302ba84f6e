#ifndef STORE_PATHSET_H
#define STORE_PATHSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of clean relative paths (store/memberpath.h) that keeps 8 bytes for
 * each, their hashes: a layer may have millions.  pathset_has can therefore be
 * wrong about a path that was never added, once in about 2^64/n questions; the
 * seed is random, so that nobody can choose names that clash.
 */
struct pathset {
    uint64_t *slots; // hashes, 0 for a free slot
    size_t size;     // number of slots, a power of two
    size_t n;        // slots in use
    uint64_t seed;   // where hashing starts
};

#define scoped_pathset __attribute__ ((cleanup (pathset_free)))

void pathset_init (struct pathset *set);
void pathset_free (struct pathset *set);

/* Add 'path' and every directory above it. */
void pathset_add (struct pathset *set, const char *path);
bool pathset_has (const struct pathset *set, const char *path);

#endif
