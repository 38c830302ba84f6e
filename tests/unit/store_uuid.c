/* Ids of containers. */
#include <fnmatch.h>

#include "store/uuid.h"
#include "tests/tap.h"

#define H4 "[0-9a-f][0-9a-f][0-9a-f][0-9a-f]"
#define H3 "[0-9a-f][0-9a-f][0-9a-f]"

int main (void)
{
    char a[UUID_LEN + 1], b[UUID_LEN + 1];
    struct err err = {0};

    ok (uuid_new (a, &err) == 0 && uuid_new (b, &err) == 0, "two ids");
    ok (strlen (a) == UUID_LEN &&
            fnmatch (H4 H4 "-" H4 "-4" H3 "-[89ab]" H3 "-" H4 H4 H4, a, 0) == 0,
        "of the form of version 4, lower case");
    ok (strcmp (a, b) != 0, "that differ");
    return tap_done ();
}
