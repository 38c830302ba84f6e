/* holes.c - where a sparse file has its data */
#include <errno.h>
#include <unistd.h>

#include "store/holes.h"

int holes_next_data (int fd, off_t at, off_t end, off_t *from, off_t *to)
{
    if (at >= end)
        return 0;
    *from = lseek (fd, at, SEEK_DATA);
    if (*from < 0 && errno == ENXIO)
        return 0;
    if (*from < 0 && errno == EINVAL) {
        *from = at;
        *to = end;
        return 1;
    }
    if (*from < 0)
        return -1;
    if (*from >= end)
        return 0;
    *to = lseek (fd, *from, SEEK_HOLE);
    if (*to < 0)
        return -1;
    if (*to > end)
        *to = end;
    return 1;
}
