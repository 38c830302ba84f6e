/* memberpath.c - one name for each place in a layer */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "store/memberpath.h"

static bool part_is (const char *part, size_t len, const char *text)
{
    return strlen (text) == len && memcmp (part, text, len) == 0;
}

// Take the last part off; the number of bytes that stay.
static size_t up (const char *clean, size_t len)
{
    while (len > 0 && clean[len - 1] != '/')
        len--;
    return len > 0 ? len - 1 : 0; // the slash goes too
}

static size_t append (char *clean, size_t at, const char *part, size_t len)
{
    if (at > 0)
        clean[at++] = '/';
    memcpy (clean + at, part, len);
    return at + len;
}

int memberpath_clean (const char *name, char clean[PATH_MAX], struct err *err)
{
    size_t at = 0;
    int depth = 0;

    if (strlen (name) >= PATH_MAX)
        return err_set (err, ENAMETOOLONG, "member '%.64s...'", name);
    for (const char *part = name; *part;) {
        size_t len = strcspn (part, "/");

        if (part_is (part, len, "..")) {
            if (depth-- == 0)
                return err_set (
                    err, 0, "member '%s' points outside the container", name);
            at = up (clean, at);
        } else if (len > 0 && !part_is (part, len, ".")) {
            if (++depth > MEMBERPATH_MAX_DEPTH)
                return err_set (err, ENAMETOOLONG, "member '%.64s...'", name);
            at = append (clean, at, part, len);
        }
        part += len + (part[len] == '/');
    }
    clean[at] = '\0';
    return 0;
}
