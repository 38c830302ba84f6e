/* container_name.c - give a container a name */
#include <errno.h>
#include <string.h>

#include "base/scope.h"
#include "store/container.h"
#include "store/container_link.h"
#include "store/container_publish.h"
#include "store/lock.h"

enum {
    NAME_MAX_BYTES = 255 // of a file name
};

int container_check_name (const char *name, struct err *err)
{
    size_t n = strlen (name);

    if (n == 0)
        return err_set (err, 0, "the name of a container may not be empty");
    if (n > NAME_MAX_BYTES)
        return err_set (err, 0, "name '%.32s...' is longer than %d bytes", name,
                        NAME_MAX_BYTES);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)name[i];

        if (c <= ' ' || c == 127 || strchr ("/.[]", c))
            return err_set (err, 0,
                            "'%s' cannot be the name of a container: it may "
                            "not have blanks, '/', '.', '[' or ']'",
                            name);
    }
    return 0;
}

int container_name (struct repo *repo, const char *container, const char *name,
                    struct err *err)
{
    scoped_container struct container *found = NULL;
    scoped_stage struct stage *stage = NULL;
    scoped_fd int lock_fd = -1;

    if (container_check_name (name, err) < 0)
        return -1;
    lock_fd = lock_containers (repo, err);
    if (lock_fd < 0)
        return -1;
    found = container_open (repo, container, err);
    if (!found || container_publish_check (repo, name, false, err) < 0)
        return -1;
    stage = stage_begin (repo, repo->containers_fd, err);
    if (!stage)
        return -1;
    return container_link_set (repo, stage, name, found->id, err);
}
