#ifndef STORE_LINKMAP_H
#define STORE_LINKMAP_H

#include <stddef.h>
#include <sys/stat.h>

// The files of a tree that have several names, each by the first one met.
struct linkmap {
    struct linkmap_slot *slots; // open addressing, NULL while it is empty
    size_t size;                // of these, a power of two
    size_t n;                   // in use
};

#define scoped_linkmap __attribute__ ((cleanup (linkmap_free)))

/* The path by which the file of 'st' is known, or NULL: then it is known by
 * 'path' from now on.  {0} is an empty map. */
const char *linkmap_first (struct linkmap *map, const struct stat *st,
                           const char *path);
void linkmap_free (struct linkmap *map);

#endif
