/* load.c - images from an archive into the repository
 *
 * Members come in any order, and nothing says before the end which of them
 * are needed.  So all are written to the stage while their digests are
 * computed, in one pass, and the rest is done by name: the images are found,
 * everything about them is checked, and only then something is published, by
 * renaming.  A tag is of udocker's v2 form, as that of an image that was
 * pulled.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "store/load_impl.h"

static void images_clear (struct load_images *images)
{
    for (size_t i = 0; i < images->n; i++) {
        free (images->items[i].manifest);
        manifest_clear (&images->items[i].parsed);
        strlist_free (&images->items[i].names);
        strlist_free (&images->items[i].tags);
    }
    free (images->items);
}

/* Archives of newer versions of docker save are of both forms: its own has
 * the full names. */
static int find_images (const struct load_members *members,
                        struct load_images *images, struct err *err)
{
    const struct load_member *list = load_find (members, "manifest.json");
    const struct load_member *index = load_find (members, "index.json");

    if (list)
        return load_docker (members, list, images, err);
    if (index)
        return load_oci (members, index, images, err);
    err_set (err, 0,
             "it is no archive of images: it has neither 'manifest.json' nor "
             "'index.json'");
    return err_hint (err, "'udocker import' takes a container's tree");
}

static int load (struct load_members *members, struct load_images *images,
                 int fd, const char *name, struct err *err)
{
    if (load_read (fd, members, err) < 0 ||
        find_images (members, images, err) < 0)
        return -1;
    return load_name (images, name, err);
}

int load_archive (struct repo *repo, int fd, const char *name,
                  struct strlist *loaded, struct err *err)
{
    scoped_stage struct stage *stage = stage_begin (repo, repo->layers_fd, err);
    struct load_members members = {.stage = stage};
    struct load_images images = {0};
    int rc;

    if (!stage)
        return -1;
    rc = load (&members, &images, fd, name, err);
    if (rc == 0)
        rc = load_publish (&members, &images, repo, loaded, err);
    images_clear (&images);
    load_members_clear (&members);
    return rc;
}
