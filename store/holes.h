#ifndef STORE_HOLES_H
#define STORE_HOLES_H

#include <sys/types.h>

/* The next piece of 'fd' that holds data, at or behind 'at' and before 'end':
 * from '*from' up to '*to'.  1, 0 when there is only a hole, or -1 with errno.
 * Where holes cannot be asked for all is data.  The file offset is changed. */
int holes_next_data (int fd, off_t at, off_t end, off_t *from, off_t *to);

#endif
