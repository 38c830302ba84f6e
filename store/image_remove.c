/* image_remove.c - a tag goes, and the blobs that nobody needs then
 *
 * The tag is moved away first, in one step: from then on there is no such
 * image.  A kill after that leaves blobs too many, never too few.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/scope.h"
#include "store/image.h"
#include "store/image_walk.h"
#include "store/lock.h"
#include "store/protect.h"
#include "store/stage.h"

static int keep_needed (void *arg, const char *path, int tag_dirfd,
                        struct err *err)
{
    struct strlist *blobs = arg;
    scoped_strlist struct strlist needed = {0};

    (void)path;
    if (image_links (tag_dirfd, &needed, err) < 0)
        return -1;
    for (size_t i = 0; i < needed.n; i++) {
        long k = strlist_find (blobs, needed.items[i]);

        if (k >= 0)
            strlist_remove (blobs, (size_t)k);
    }
    return 0;
}

static int remove_blobs (const struct repo *repo, struct strlist *blobs,
                         bool force, struct err *err)
{
    if (image_walk (repo, keep_needed, blobs, err) < 0)
        return -1;
    for (size_t i = 0; i < blobs->n; i++) {
        if (unlinkat (repo->layers_fd, blobs->items[i], 0) < 0 &&
            errno != ENOENT && !force)
            return err_set (err, errno, "cannot remove layer '%s'",
                            blobs->items[i]);
    }
    return 0;
}

// Remove the directories of 'name' that hold nothing more, from below.
static void remove_empty (const struct repo *repo, const char *name)
{
    scoped_free char *path = xstrdup (name);
    char *slash;

    while (unlinkat (repo->repos_fd, path, AT_REMOVEDIR) == 0) {
        slash = strrchr (path, '/');
        if (!slash)
            return;
        *slash = '\0';
    }
}

static int discard_tag (const struct repo *repo, const struct reference *ref,
                        struct err *err)
{
    scoped_stage struct stage *stage = stage_begin (repo, repo->repos_fd, err);
    scoped_free char *path = xasprintf ("%s/%s", ref->name,
                                        reference_dir (ref));

    return stage ? stage_discard (stage, repo->repos_fd, path, err) : -1;
}

int image_remove (struct repo *repo, const struct reference *ref, bool force,
                  struct err *err)
{
    scoped_fd int lock_fd = lock_images (repo, err);
    scoped_fd int tag_dirfd = -1;
    scoped_strlist struct strlist blobs = {0};

    if (lock_fd < 0)
        return -1;
    tag_dirfd = image_open (repo, ref, err);
    if (tag_dirfd < 0)
        return -1;
    if (protect_is_on (tag_dirfd))
        return err_set (err, 0, "image '%s:%s' is protected", ref->name,
                        reference_dir (ref));
    if (image_links (tag_dirfd, &blobs, force ? NULL : err) < 0 && !force)
        return -1;
    if (discard_tag (repo, ref, err) < 0)
        return -1;
    remove_empty (repo, ref->name);
    return remove_blobs (repo, &blobs, force, err);
}
