#ifndef STORE_CONTAINER_PART_H
#define STORE_CONTAINER_PART_H

#include <stdbool.h>

/* Whether 'name' in the directory of a container belongs to what a copy of it
 * consists of: ROOT and the metadata, but not the mark of protection. */
bool container_part_is (const char *name);

/* Whether that part is a directory, not a file. */
bool container_part_is_dir (const char *name);

#endif
