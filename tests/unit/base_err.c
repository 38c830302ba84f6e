/* Errors: what their text becomes, and that errno is kept. */
#include <errno.h>

#include "base/err.h"
#include "tests/tap.h"

static void test_cut (void)
{
    char big[512];
    struct err err = {0};

    memset (big, 'a', sizeof (big));
    big[511] = '\0';
    err_set (&err, 0, "%s", big);
    is_str (err.text, big, "a message of exactly 511 bytes is kept whole");
}

int main (void)
{
    struct err err = {0};

    ok (err_set (&err, ENOENT, "cannot open '%s'", "f") == -1, "returns -1");
    is_str (err.text, "cannot open 'f': No such file or directory", "text");
    ok (err_set (NULL, ENOENT, "x") == -1, "no err to fill is fine");
    test_cut ();
    return tap_done ();
}
