/* xattrs.c - the extended attributes that go where a file goes
 *
 * Those of other kinds mean privileges or labels of this machine.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include <linux/limits.h>

#include "base/mem.h"
#include "base/scope.h"
#include "store/xattrs.h"

// The names of all, one string after the other; NULL when there are none.
static char *list_names (int fd, size_t *n_bytes)
{
    scoped_free char *names = NULL;
    ssize_t n = flistxattr (fd, NULL, 0);

    if (n <= 0)
        return NULL;
    names = xmalloc (XATTR_LIST_MAX + 1);
    n = flistxattr (fd, names, XATTR_LIST_MAX);
    if (n <= 0)
        return NULL;
    names[n] = '\0';
    *n_bytes = (size_t)n;
    return ptr_take (&names);
}

int xattrs_each (int fd, xattrs_f *visit, void *arg, struct err *err)
{
    size_t n_bytes = 0;
    scoped_free char *names = list_names (fd, &n_bytes);
    scoped_free char *value = names ? xmalloc (XATTR_SIZE_MAX) : NULL;
    const char *name = names;

    while (name && name < names + n_bytes) {
        ssize_t n = strncmp (name, "user.", 5) == 0
                        ? fgetxattr (fd, name, value, XATTR_SIZE_MAX)
                        : -1;

        if (n >= 0 && visit (arg, name, value, (size_t)n, err) < 0)
            return -1;
        name += strlen (name) + 1;
    }
    return 0;
}
