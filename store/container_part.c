/* container_part.c - what the directory of a container holds */
#include <stddef.h>
#include <string.h>

#include "store/container_part.h"

static const struct part {
    const char *name;
    bool is_dir;
} parts[] = {
    {"ROOT", true},
    {"container.json", false},
    {"imagerepo.name", false},
    {"execmode", false},
    {"root.path", false},
    {"nvidia", false},
    {"ld.so.path", false},
    {"ld.so.orig", false},
    {"ld.lib.dirs", false},
    {"patch.time", false},
    {"patch.path", false},
    {"osenv.json", false},
    {".mountpoints", true},
    {".bind_orig_files", true},
};

static const struct part *find (const char *name)
{
    for (size_t i = 0; i < sizeof (parts) / sizeof (parts[0]); i++) {
        if (strcmp (parts[i].name, name) == 0)
            return &parts[i];
    }
    return NULL;
}

bool container_part_is (const char *name)
{
    return find (name) != NULL;
}

bool container_part_is_dir (const char *name)
{
    const struct part *part = find (name);

    return part && part->is_dir;
}
