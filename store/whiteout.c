/* whiteout.c - the names by which a layer hides what lies below it */
#include <string.h>

#include "store/whiteout.h"

#define PREFIX ".wh."
#define META_PREFIX ".wh..wh."
#define OPAQUE_NAME ".wh..wh..opq"

static int has_prefix (const char *name, const char *prefix)
{
    return strncmp (name, prefix, strlen (prefix)) == 0;
}

enum whiteout whiteout_parse (const char *name, const char **hidden)
{
    const char *rest = name + strlen (PREFIX);

    if (!has_prefix (name, PREFIX))
        return WHITEOUT_NONE;
    if (strcmp (name, OPAQUE_NAME) == 0)
        return WHITEOUT_OPAQUE;
    if (has_prefix (name, META_PREFIX))
        return WHITEOUT_META;
    if (*rest == '\0' || strcmp (rest, ".") == 0 || strcmp (rest, "..") == 0)
        return WHITEOUT_BAD;
    *hidden = rest;
    return WHITEOUT_NAME;
}
