/* sysroot.c - the host's system files, or a recorded copy of them */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "base/sysroot.h"

static const char *sysroot = "";

void sysroot_set (const char *path)
{
    sysroot = path ? path : "";
}

char *sysroot_read (const char *path, size_t max, struct err *err)
{
    scoped_free char *full = xasprintf ("%s%s", sysroot, path);

    return io_read_file (AT_FDCWD, full, max, NULL, err);
}

long sysroot_read_long (const char *path, long fallback)
{
    scoped_free char *text = sysroot_read (path, 64, NULL);
    long value;

    if (!text)
        return fallback;
    text[strcspn (text, "\n")] = '\0';
    if (num_parse (text, -0x7fffffffL, 0x7fffffffL, &value) < 0)
        return fallback;
    return value;
}
