/* cpath.c - paths taken apart as texts */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "launcher/cpath.h"

char *cpath_normal (const char *path)
{
    scoped_free char *normal = xmalloc (strlen (path) + 2);
    char *end = normal;

    if (path[0] != '/')
        return NULL;
    while (*path) {
        size_t len = strcspn (path, "/");

        if (len == 2 && strncmp (path, "..", 2) == 0)
            return NULL;
        if (len > 0 && !(len == 1 && *path == '.')) {
            *end++ = '/';
            memcpy (end, path, len);
            end += len;
        }
        path += len + (path[len] == '/');
    }
    if (end == normal)
        *end++ = '/';
    *end = '\0';
    return ptr_take (&normal);
}

bool cpath_is_below (const char *path, const char *dir)
{
    size_t len = strlen (dir);

    if (strcmp (dir, "/") == 0)
        return true;
    return strncmp (path, dir, len) == 0 &&
           (path[len] == '/' || path[len] == '\0');
}

int cpath_depth (const char *path)
{
    int depth = 0;

    for (; *path; path++)
        depth += *path == '/' && path[1];
    return depth;
}
