/* apply-layers.c - apply layers to a directory, as udocker create does
 *
 * usage: apply-layers ROOT LAYER...
 *
 * ROOT is a directory, LAYER a blob; the first is the lowest.  Prints what was
 * left out.
 */
#include <fcntl.h>

#include "base/scope.h"
#include "store/extract.h"

static int apply (int root_dirfd, const char *path,
                  struct extract_report *report, struct err *err)
{
    scoped_fd int fd = open (path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot open '%s'", path);
    return extract_layer (root_dirfd, fd, report, err);
}

int main (int argc, char **argv)
{
    struct extract_report report = {0};
    struct err err = {0};
    scoped_fd int root_dirfd = -1;

    if (argc < 3) {
        fprintf (stderr, "usage: apply-layers ROOT LAYER...\n");
        return 2;
    }
    root_dirfd = open (argv[1], O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (int i = 2; i < argc; i++) {
        if (apply (root_dirfd, argv[i], &report, &err) < 0) {
            fprintf (stderr, "apply-layers: %s\n", err.text);
            return 1;
        }
    }
    printf ("members %ld devices %ld xattrs %ld bytes %lld\n", report.n_members,
            report.n_devices, report.n_xattrs, report.n_bytes);
    return 0;
}
