/* container_create.c - an image becomes a container
 *
 * Everything is made in a stage, synced at once and renamed into place, so
 * that whatever goes wrong before leaves nothing behind.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/json.h"
#include "base/mem.h"
#include "store/container.h"
#include "store/container_publish.h"
#include "store/extract.h"
#include "store/image.h"
#include "store/stage.h"
#include "store/uuid.h"

// What a container is made of.
struct parts {
    struct strlist layers; // files in layers/, bottom first
    json_t *config;        // for container.json
    char *image;           // "name:tag"
};

static void parts_clear (struct parts *parts)
{
    strlist_free (&parts->layers);
    json_decref (parts->config);
    free (parts->image);
}

static int find_parts (const struct repo *repo, const char *image,
                       struct parts *parts, struct err *err)
{
    struct reference ref = {0};
    scoped_fd int tag_dirfd = -1;

    if (reference_parse (image, &ref, err) < 0)
        return -1;
    parts->image = xasprintf ("%s:%s", ref.name, reference_dir (&ref));
    tag_dirfd = image_open (repo, &ref, err);
    reference_clear (&ref);
    if (tag_dirfd < 0)
        return -1;
    return image_read (repo, tag_dirfd, &parts->layers, &parts->config, err);
}

static int apply_layer (const struct repo *repo, int root_dirfd,
                        const char *layer, struct err *err)
{
    struct extract_report report = {0};
    scoped_fd int fd = openat (repo->layers_fd, layer, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        err_set (err, errno, "cannot open it");
        err_hint (err, "pull the image again");
    }
    if (fd < 0 || extract_layer (root_dirfd, fd, &report, err) < 0)
        return err_prefix (err, "layer '%.32s'", layer);
    return 0;
}

static int make_root (const struct repo *repo, int dirfd,
                      const struct strlist *layers, struct err *err)
{
    scoped_fd int root_dirfd = -1;

    if (mkdirat (dirfd, "ROOT", 0755) == 0)
        root_dirfd = openat (dirfd, "ROOT", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root_dirfd < 0)
        return err_set (err, errno, "cannot make the container's root");
    for (size_t i = 0; i < layers->n; i++) {
        if (apply_layer (repo, root_dirfd, layers->items[i], err) < 0)
            return -1;
    }
    return 0;
}

static int write_file (struct stage *stage, const char *id, const char *name,
                       const char *text, struct err *err)
{
    scoped_free char *path = xasprintf ("%s/%s", id, name);

    return stage_write (stage, path, text, strlen (text), err);
}

// The container as directory 'id' of the stage, synced.
static int make (const struct repo *repo, struct stage *stage,
                 const struct parts *parts, const char *id, struct err *err)
{
    scoped_free char *config = json_to_text (parts->config);
    scoped_fd int dirfd = -1;

    if (mkdirat (stage->dirfd, id, 0777) == 0)
        dirfd = openat (stage->dirfd, id, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dirfd < 0)
        return err_set (err, errno, "cannot make the container's directory");
    // the files that are synced one by one come before the many
    if (write_file (stage, id, "container.json", config, err) < 0 ||
        write_file (stage, id, "imagerepo.name", parts->image, err) < 0 ||
        make_root (repo, dirfd, &parts->layers, err) < 0)
        return -1;
    return stage_sync (stage, err);
}

static char *create (struct repo *repo, const struct parts *parts,
                     const char *name, bool force, struct err *err)
{
    scoped_stage struct stage *stage = NULL;
    char id[UUID_LEN + 1];

    if (uuid_new (id, err) < 0)
        return NULL;
    stage = stage_begin (repo, repo->containers_fd, err);
    if (!stage || make (repo, stage, parts, id, err) < 0 ||
        container_publish (repo, stage, id, name, force, err) < 0)
        return NULL;
    return xstrdup (id);
}

char *container_create (struct repo *repo, const char *image, const char *name,
                        bool force, struct err *err)
{
    struct parts parts = {0};
    char *id = NULL;

    // a name that will not do is said before the work, and decided after it
    if (name && (container_check_name (name, err) < 0 ||
                 container_publish_check (repo, name, force, err) < 0))
        return NULL;
    if (find_parts (repo, image, &parts, err) == 0) {
        id = create (repo, &parts, name, force, err);
        if (!id)
            err_prefix (err, "cannot create a container from '%s'", image);
    }
    parts_clear (&parts);
    return id;
}
