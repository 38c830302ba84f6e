/* selfpath.c - where the program itself was started from */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "launcher/selfpath.h"

char *selfpath_beside (const char *name, struct err *err)
{
    char self[PATH_MAX];
    ssize_t n = readlink ("/proc/self/exe", self, sizeof (self) - 1);

    if (n < 0)
        return err_null (err, errno, "cannot find this program's own place");
    self[n] = '\0';
    return xasprintf ("%.*s%s", (int)(strrchr (self, '/') + 1 - self), self,
                      name);
}
