/* uuid.c - the ids of containers */
#include <errno.h>
#include <stdio.h>

#include "base/random.h"
#include "store/uuid.h"

int uuid_new (char text[UUID_LEN + 1], struct err *err)
{
    static const char hex[] = "0123456789abcdef";
    unsigned char bytes[16];
    char *at = text;

    if (random_bytes (bytes, sizeof (bytes)) < 0)
        return err_set (err, errno, "cannot get random bytes");
    bytes[6] = (bytes[6] & 0x0f) | 0x40; // version 4
    bytes[8] = (bytes[8] & 0x3f) | 0x80; // variant of RFC 4122
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[bytes[i] >> 4];
        *at++ = hex[bytes[i] & 0x0f];
    }
    *at = '\0';
    return 0;
}
