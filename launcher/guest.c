/* guest.c - the container as its own files tell */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/rootpath.h"
#include "base/scope.h"
#include "launcher/guest.h"
#include "launcher/userdb.h"

static int open_root (struct guest *guest, struct err *err)
{
    guest->root_fd = open (guest->root_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (guest->root_fd < 0)
        return err_set (err, errno, "cannot open the root '%s'",
                        guest->root_path);
    return 0;
}

int guest_from_container (struct guest *guest,
                          const struct container *container, const char *name,
                          struct err *err)
{
    *guest = (struct guest){
        .id = xstrdup (container->id),
        .name = xstrdup (name),
        .root_path = xstrdup (container->root_path),
        .mode = xstrdup (container->mode),
        .root_fd = -1,
    };
    if (image_config_read (container->config, &guest->image, err) < 0)
        return err_prefix (err, "container '%s'", name);
    return open_root (guest, err);
}

int guest_from_directory (struct guest *guest, const char *path,
                          struct err *err)
{
    *guest = (struct guest){
        .id = xstrdup (""),
        .name = xstrdup (path),
        .root_path = io_absolute (path),
        .root_fd = -1,
    };
    return open_root (guest, err);
}

void guest_clear (struct guest *guest)
{
    free (guest->id);
    free (guest->name);
    free (guest->root_path);
    free (guest->mode);
    free (guest->passwd);
    free (guest->group);
    image_config_clear (&guest->image);
    fd_closep (&guest->root_fd);
    *guest = (struct guest){.root_fd = -1};
}

static char *read_text (const struct guest *guest, const char *cpath)
{
    // a FIFO or a device in the file's place does not block, and is no file
    scoped_fd int fd = rootpath_open (
        guest->root_fd, cpath, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, NULL);
    struct stat st;

    if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode))
        return NULL;
    return io_read_fd (fd, cpath, USERDB_MAX_BYTES, NULL, NULL);
}

void guest_read_accounts (struct guest *guest)
{
    guest->passwd = read_text (guest, "/etc/passwd");
    guest->group = read_text (guest, "/etc/group");
}

static bool is_file (const struct guest *guest, const char *cpath)
{
    scoped_fd int fd = rootpath_open (guest->root_fd, cpath, O_PATH, 0, NULL);
    struct stat st;

    return fd >= 0 && fstat (fd, &st) == 0 && S_ISREG (st.st_mode);
}

bool guest_has_program (const struct guest *guest, const char *program,
                        const char *path)
{
    if (strchr (program, '/'))
        return is_file (guest, program);
    while (*path) {
        size_t len = strcspn (path, ":");
        scoped_free char *cpath = xasprintf ("%.*s/%s", (int)len, path,
                                             program);

        if (is_file (guest, cpath))
            return true;
        path += len + (path[len] == ':');
    }
    return false;
}
