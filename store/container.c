/* container.c - open a container
 *
 * Every rank of a job does this, so it costs a handful of requests: the name,
 * the directory and three small files.  This file needs nothing but libc and
 * jansson.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/container.h"
#include "store/container_link.h"

enum {
    MODE_MAX_BYTES = 64,   // of 'execmode'
    IMAGE_MAX_BYTES = 8192 // of 'imagerepo.name'
};

static int open_dir (const struct repo *repo, const char *id, const char *name,
                     struct err *err)
{
    int fd = openat (repo->containers_fd, id,
                     O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        err_set (err, 0, "no container '%s' here", name);
        err_hint (err, "'udocker ps' lists them");
        if (err)
            err->code = ENOENT;
    } else if (fd < 0) {
        err_set (err, errno, "cannot open container '%s'", name);
    }
    return fd;
}

/* The one line that file 'name' holds; NULL in '*line' when there is no such
 * file.  0, or -1 with 'err'. */
static int read_line (int dirfd, const char *name, size_t max, char **line,
                      struct err *err)
{
    struct err why = {0};

    *line = io_read_file (dirfd, name, max, NULL, &why);
    if (*line)
        (*line)[strcspn (*line, "\r\n")] = '\0';
    if (*line || why.code == ENOENT)
        return 0;
    if (err)
        *err = why;
    return -1;
}

static json_t *read_config (int dirfd, struct err *err)
{
    struct err why = {0};
    json_t *config = json_from_file (dirfd, "container.json", &why);

    if (!config && why.code == ENOENT)
        return json_object ();
    if (!config && err)
        *err = why;
    return config;
}

static int read_all (struct container *container, struct err *err)
{
    int dirfd = container->dirfd;

    if (read_line (dirfd, "execmode", MODE_MAX_BYTES, &container->mode, err) <
        0)
        return -1;
    if (read_line (dirfd, "imagerepo.name", IMAGE_MAX_BYTES, &container->image,
                   err) < 0)
        return -1;
    if (!container->image)
        container->image = xstrdup ("");
    container->config = read_config (dirfd, err);
    return container->config ? 0 : -1;
}

struct container *container_open (const struct repo *repo, const char *name,
                                  struct err *err)
{
    scoped_container struct container *container = xcalloc (
        1, sizeof (*container));

    container->dirfd = -1;
    container->id = container_link_id (repo, name, err);
    if (!container->id)
        return NULL;
    container->dirfd = open_dir (repo, container->id, name, err);
    if (container->dirfd < 0)
        return NULL;
    container->path = xasprintf ("%s/%s", repo->paths.containersdir,
                                 container->id);
    container->root_path = xasprintf ("%s/ROOT", container->path);
    if (read_all (container, err) < 0) {
        err_prefix (err, "container '%s' is damaged", name);
        return NULL;
    }
    return ptr_take (&container);
}

void container_close (struct container *container)
{
    if (!container)
        return;
    fd_closep (&container->dirfd);
    json_decref (container->config);
    free (container->id);
    free (container->path);
    free (container->root_path);
    free (container->mode);
    free (container->image);
    free (container);
}
