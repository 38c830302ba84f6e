/* env_file.c - the files of --env-file */
#include <fcntl.h>
#include <string.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "launcher/env_file.h"

enum { MAX_BYTES = 1 << 20 }; // of one file; the kernel takes less for exec

static void add_lines (const char *text, struct strlist *lines)
{
    while (*text) {
        size_t len = strcspn (text, "\n");
        size_t blank = strspn (text, " \t");
        size_t used = len > 0 && text[len - 1] == '\r' ? len - 1 : len;

        if (blank < used && text[blank] != '#')
            strlist_add_take (lines, xstrndup (text + blank, used - blank));
        text += len + (text[len] == '\n');
    }
}

int env_file_read_all (const struct strlist *paths, struct strlist *lines,
                       struct err *err)
{
    for (size_t i = 0; i < paths->n; i++) {
        size_t n = 0;
        scoped_free char *text = io_read_file (AT_FDCWD, paths->items[i],
                                               MAX_BYTES, &n, err);

        if (!text)
            return -1;
        if (strlen (text) != n)
            return err_set (err, 0, "'%s' is not a text file", paths->items[i]);
        add_lines (text, lines);
    }
    return 0;
}
