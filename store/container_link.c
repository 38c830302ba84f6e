/* container_link.c - names of containers: links beside their directories
 *
 * A name is a symbolic link to the container's id.  One whose container is
 * gone means nothing: readers pass over it and the next who wants it takes it.
 * So a name may be made before its container, and outlive it for a moment.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/container_link.h"

static bool is_part (const char *name)
{
    return *name && !strchr (name, '/') && strcmp (name, ".") != 0 &&
           strcmp (name, "..") != 0;
}

static char *not_found (const char *name, struct err *err)
{
    err_set (err, 0, "no container '%s' here", name);
    err_hint (err, "'udocker ps' lists them");
    if (err)
        err->code = ENOENT;
    return NULL;
}

char *container_link_id (const struct repo *repo, const char *name,
                         struct err *err)
{
    char target[PATH_MAX];
    const char *id;
    ssize_t n;

    if (!is_part (name))
        return not_found (name, err);
    n = readlinkat (repo->containers_fd, name, target, sizeof (target) - 1);
    if (n < 0 && errno == EINVAL)
        return xstrdup (name); // no link: a directory, or it will turn out
    if (n < 0 && errno == ENOENT)
        return not_found (name, err);
    if (n < 0)
        return err_null (err, errno, "cannot read name '%s'", name);
    target[n] = '\0';
    // old repositories have absolute links
    id = strrchr (target, '/') ? strrchr (target, '/') + 1 : target;
    return is_part (id) ? xstrdup (id) : not_found (name, err);
}

enum container_link container_link_state (const struct repo *repo,
                                          const char *name)
{
    struct stat st;

    if (fstatat (repo->containers_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? CONTAINER_LINK_FREE : CONTAINER_LINK_UNKNOWN;
    if (!S_ISLNK (st.st_mode))
        return CONTAINER_LINK_IS_ID;
    if (fstatat (repo->containers_fd, name, &st, 0) == 0)
        return CONTAINER_LINK_TAKEN;
    return errno == ENOENT ? CONTAINER_LINK_FREE : CONTAINER_LINK_UNKNOWN;
}

int container_link_set (const struct repo *repo, struct stage *stage,
                        const char *name, const char *id, struct err *err)
{
    if (symlinkat (id, stage->dirfd, "name") < 0)
        return err_set (err, errno, "cannot make name '%s'", name);
    if (stage_publish (stage, "name", repo->containers_fd, name, err) < 0) {
        unlinkat (stage->dirfd, "name", 0);
        return -1;
    }
    return 0;
}
