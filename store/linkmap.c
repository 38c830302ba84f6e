/* linkmap.c - hard links are told by device and inode */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "store/linkmap.h"

enum {
    FIRST_SIZE = 64 // slots
};

struct linkmap_slot {
    dev_t dev;  // of the file
    ino_t ino;  // the same
    char *path; // owned; NULL in a free slot
};

static struct linkmap_slot *find (struct linkmap_slot *slots, size_t size,
                                  dev_t dev, ino_t ino)
{
    // Fibonacci hashing: inodes often follow each other
    uint64_t hash = ((uint64_t)ino ^ (uint64_t)dev) * 0x9e3779b97f4a7c15U;
    size_t i = (size_t)(hash >> 20) & (size - 1);

    while (slots[i].path && (slots[i].dev != dev || slots[i].ino != ino))
        i = (i + 1) & (size - 1);
    return &slots[i];
}

static void grow (struct linkmap *map)
{
    size_t size = map->size ? map->size * 2 : FIRST_SIZE;
    struct linkmap_slot *slots = xcalloc (size, sizeof (*slots));

    for (size_t i = 0; i < map->size; i++) {
        const struct linkmap_slot *old = &map->slots[i];

        if (old->path)
            *find (slots, size, old->dev, old->ino) = *old;
    }
    free (map->slots);
    map->slots = slots;
    map->size = size;
}

const char *linkmap_first (struct linkmap *map, const struct stat *st,
                           const char *path)
{
    struct linkmap_slot *slot;

    if (map->n * 2 >= map->size)
        grow (map);
    slot = find (map->slots, map->size, st->st_dev, st->st_ino);
    if (slot->path)
        return slot->path;
    *slot = (struct linkmap_slot){
        .dev = st->st_dev,
        .ino = st->st_ino,
        .path = xstrdup (path),
    };
    map->n++;
    return NULL;
}

void linkmap_free (struct linkmap *map)
{
    for (size_t i = 0; i < map->size; i++)
        free (map->slots[i].path);
    free (map->slots);
    *map = (struct linkmap){0};
}
