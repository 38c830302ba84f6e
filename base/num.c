/* num.c - numbers from outside */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "base/num.h"

int num_parse (const char *text, long min, long max, long *value)
{
    int saved_errno = errno;
    char *end;
    long n;

    if (!isdigit ((unsigned char)text[0]) && text[0] != '-')
        return -1;
    errno = 0;
    n = strtol (text, &end, 10);
    if (errno != 0 || *end || end == text || n < min || n > max) {
        errno = saved_errno;
        return -1;
    }
    errno = saved_errno;
    *value = n;
    return 0;
}
