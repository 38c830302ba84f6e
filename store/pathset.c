/* pathset.c - which paths a layer has made
 *
 * Open addressing with linear probing, at most three quarters full.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/random.h"
#include "store/pathset.h"

enum {
    FIRST_SIZE = 1024 // slots
};

void pathset_init (struct pathset *set)
{
    *set = (struct pathset){.size = FIRST_SIZE};
    set->slots = xcalloc (set->size, sizeof (*set->slots));
    if (random_bytes (&set->seed, sizeof (set->seed)) < 0)
        set->seed = (uintptr_t)set->slots;
}

void pathset_free (struct pathset *set)
{
    free (set->slots);
    *set = (struct pathset){0};
}

// One byte more of the path (FNV-1a).
static uint64_t hash_step (uint64_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 0x100000001b3u;
}

// Spread the bits (splitmix64); never 0, which marks a free slot.
static uint64_t hash_end (uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
    hash ^= hash >> 31;
    return hash ? hash : 1;
}

// The slot that holds 'hash', or the free one where it belongs.
static uint64_t *find (const struct pathset *set, uint64_t hash)
{
    size_t i = hash & (set->size - 1);

    while (set->slots[i] != 0 && set->slots[i] != hash)
        i = (i + 1) & (set->size - 1);
    return &set->slots[i];
}

static void grow (struct pathset *set)
{
    uint64_t *old = set->slots;
    size_t old_size = set->size;

    set->size *= 2;
    set->slots = xcalloc (set->size, sizeof (*set->slots));
    for (size_t i = 0; i < old_size; i++) {
        if (old[i] != 0)
            *find (set, old[i]) = old[i];
    }
    free (old);
}

static void add_hash (struct pathset *set, uint64_t hash)
{
    uint64_t *slot = find (set, hash);

    if (*slot == hash)
        return;
    *slot = hash;
    if (++set->n > set->size / 4 * 3)
        grow (set);
}

void pathset_add (struct pathset *set, const char *path)
{
    uint64_t hash = set->seed;

    for (const char *at = path; *at; at++) {
        if (*at == '/')
            add_hash (set, hash_end (hash));
        hash = hash_step (hash, *at);
    }
    add_hash (set, hash_end (hash));
}

bool pathset_has (const struct pathset *set, const char *path)
{
    uint64_t hash = set->seed;

    for (const char *at = path; *at; at++)
        hash = hash_step (hash, *at);
    return *find (set, hash_end (hash)) != 0;
}
