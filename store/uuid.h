#ifndef STORE_UUID_H
#define STORE_UUID_H

#include "base/err.h"

enum {
    UUID_LEN = 36 // characters of the text form
};

/* A new random UUID (version 4) as lower-case text, into 'text'.  0, or -1
 * with 'err'. */
int uuid_new (char text[UUID_LEN + 1], struct err *err);

#endif
