/* disk_usage.c - the size of a tree, as du -x finds it */
#include <fts.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "launcher/disk_usage.h"

// Files of more than one name, to be counted once: a set, open addressing.
struct inodes {
    ino_t *slots; // 0: free
    size_t n;     // in use
    size_t size;  // a power of two
};

static bool put (struct inodes *inodes, ino_t ino)
{
    size_t i = ((uint64_t)ino * 0x9e3779b97f4a7c15u) & (inodes->size - 1);

    while (inodes->slots[i] != 0 && inodes->slots[i] != ino)
        i = (i + 1) & (inodes->size - 1);
    if (inodes->slots[i] == ino)
        return false;
    inodes->slots[i] = ino;
    inodes->n++;
    return true;
}

static void grow (struct inodes *inodes)
{
    struct inodes larger = {.size = inodes->size ? 2 * inodes->size : 1024};

    larger.slots = xcalloc (larger.size, sizeof (ino_t));
    for (size_t i = 0; i < inodes->size; i++)
        if (inodes->slots[i] != 0)
            put (&larger, inodes->slots[i]);
    free (inodes->slots);
    *inodes = larger;
}

// False when 'ino' has been seen before.
static bool is_new (struct inodes *inodes, ino_t ino)
{
    if (2 * inodes->n >= inodes->size)
        grow (inodes);
    return put (inodes, ino);
}

static long long entry_bytes (const FTSENT *entry, struct inodes *inodes)
{
    const struct stat *st = entry->fts_statp;

    if (entry->fts_info == FTS_DP || entry->fts_info == FTS_NS ||
        (!S_ISDIR (st->st_mode) && st->st_nlink > 1 &&
         !is_new (inodes, st->st_ino)))
        return 0;
    return (long long)st->st_blocks * 512;
}

long long disk_usage_bytes (const char *path)
{
    char *paths[] = {xstrdup (path), NULL};
    struct inodes inodes = {0};
    long long bytes = 0;
    FTS *fts = fts_open (paths, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL);
    const FTSENT *entry;

    for (entry = fts ? fts_read (fts) : NULL; entry; entry = fts_read (fts))
        bytes += entry_bytes (entry, &inodes);
    if (fts)
        fts_close (fts);
    free (inodes.slots);
    free (paths[0]);
    return bytes;
}
