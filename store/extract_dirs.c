/* extract_dirs.c - the times of directories
 *
 * A directory's time changes with everything that is made in it, so the times
 * are set at the end of the layer.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/extract_impl.h"

void extract_dirs_add (struct extract *extract, const char *path,
                       struct timespec mtime)
{
    if (extract->n_dirs == extract->dirs_size) {
        extract->dirs_size = extract->dirs_size ? extract->dirs_size * 2 : 256;
        extract->dirs = xrealloc (extract->dirs,
                                  extract->dirs_size * sizeof (*extract->dirs));
    }
    extract->dirs[extract->n_dirs++] = (struct extract_dir){
        .path = xstrdup (path),
        .mtime = mtime,
    };
}

/* What cannot be set is left: the directory may have been replaced since, and
 * nothing depends on its time. */
void extract_dirs_apply (struct extract *extract)
{
    for (size_t i = 0; i < extract->n_dirs; i++) {
        const struct timespec times[2] = {
            {.tv_nsec = UTIME_OMIT},
            extract->dirs[i].mtime,
        };
        const char *base;
        int fd = extract_parent (extract, extract->dirs[i].path, false, &base,
                                 NULL);

        if (fd >= 0)
            utimensat (fd, *base ? base : ".", times, AT_SYMLINK_NOFOLLOW);
    }
}

void extract_dirs_free (struct extract *extract)
{
    for (size_t i = 0; i < extract->n_dirs; i++)
        free (extract->dirs[i].path);
    free (extract->dirs);
}
