/* import_container.c - a tar becomes a container, without an image
 *
 * What it holds is made in a stage, synced and renamed into place.  An archive
 * of export --clone has metadata beside ROOT: what is extracted of it cannot
 * leave the stage, and is looked at before it leaves it by the rename.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/container.h"
#include "store/container_part.h"
#include "store/container_publish.h"
#include "store/extract.h"
#include "store/import_impl.h"
#include "store/reference.h"
#include "store/uuid.h"

// A container on its way.
struct import {
    const struct repo *repo;
    const struct import_source *source;
    struct stage *stage; // for containers/
    const char *id;      // the new one; the name of its directory in the stage
    int dirfd;           // that directory, for reading
    char *image;         // "name:tag", NULL when the archive says it
    json_t *config;      // the same
};

static int extract (const struct import *import, int dirfd, int fd,
                    struct err *err)
{
    struct extract_report report = {0};

    if (extract_layer (dirfd, fd, &report, err) < 0)
        return err_prefix (err, "cannot import '%s'", import->source->tar);
    return 0;
}

static int write_file (const struct import *import, const char *name,
                       const char *text, struct err *err)
{
    scoped_free char *path = xasprintf ("%s/%s", import->id, name);

    return stage_write (import->stage, path, text, strlen (text), err);
}

static int fill_from_files (const struct import *import, int fd,
                            struct err *err)
{
    scoped_free char *config = json_to_text (import->config);
    scoped_fd int root_fd = -1;

    if (write_file (import, "container.json", config, err) < 0 ||
        write_file (import, "imagerepo.name", import->image, err) < 0)
        return -1;
    if (mkdirat (import->dirfd, "ROOT", 0755) == 0)
        root_fd = openat (import->dirfd, "ROOT",
                          O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root_fd < 0)
        return err_set (err, errno, "cannot make the container's root");
    return extract (import, root_fd, fd, err);
}

static int check_part (const struct import *import, const char *name,
                       struct err *err)
{
    struct stat st;

    if (!container_part_is (name)) {
        err_set (err, 0, "'%s' is no archive of a container: it has '%s'",
                 import->source->tar, name);
        return err_hint (err, "leave --clone out if it holds plain files");
    }
    if (fstatat (import->dirfd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return err_set (err, errno, "cannot look at '%s'", name);
    if (container_part_is_dir (name) ? S_ISDIR (st.st_mode)
                                     : S_ISREG (st.st_mode) && st.st_nlink == 1)
        return 0;
    return err_set (err, 0,
                    "'%s' is no archive of a container: its '%s' is no "
                    "%s",
                    import->source->tar, name,
                    container_part_is_dir (name) ? "directory" : "plain file");
}

static int check_parts (const struct import *import, struct err *err)
{
    int fd = openat (import->dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        fd_closep (&fd);
        return err_set (err, errno, "cannot read what was extracted");
    }
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        if (strcmp (entry->d_name, ".") != 0 &&
            strcmp (entry->d_name, "..") != 0 &&
            check_part (import, entry->d_name, err) < 0)
            return -1;
    }
    return 0;
}

static int fill_from_clone (const struct import *import, int fd,
                            struct err *err)
{
    scoped_json json_t *config = NULL;

    if (extract (import, import->dirfd, fd, err) < 0 ||
        check_parts (import, err) < 0)
        return -1;
    if (faccessat (import->dirfd, "ROOT", F_OK, AT_SYMLINK_NOFOLLOW) < 0) {
        err_set (err, 0, "'%s' is no archive of a container: it has no ROOT",
                 import->source->tar);
        return err_hint (err, "leave --clone out if it holds plain files");
    }
    config = json_from_file (import->dirfd, "container.json", err);
    if (config && json_is_object (config))
        return 0;
    if (config)
        err_set (err, 0, "'container.json' is no JSON object");
    return err_prefix (err, "'%s' is no archive of a container",
                       import->source->tar);
}

static int fill (struct import *import, int fd, struct err *err)
{
    int rc;

    if (mkdirat (import->stage->dirfd, import->id, 0777) == 0)
        import->dirfd = openat (import->stage->dirfd, import->id,
                                O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (import->dirfd < 0)
        return err_set (err, errno, "cannot make the container's directory");
    rc = import->image ? fill_from_files (import, fd, err)
                       : fill_from_clone (import, fd, err);
    return rc < 0 ? -1 : stage_sync (import->stage, err);
}

// The id of what was made of 'import', which is cleared.
static char *make (struct import *import, const char *name, struct err *err)
{
    char id[UUID_LEN + 1];
    scoped_fd int fd = -1;
    int rc = -1;

    if (!name ||
        (container_check_name (name, err) == 0 &&
         container_publish_check (import->repo, name, false, err) == 0))
        fd = import_open (import->source->tar, err);
    if (fd >= 0)
        rc = uuid_new (id, err);
    if (rc == 0) {
        import->id = id;
        import->stage = stage_begin (import->repo, import->repo->containers_fd,
                                     err);
        rc = import->stage ? fill (import, fd, err) : -1;
    }
    if (rc == 0)
        rc = container_publish (import->repo, import->stage, id, name, false,
                                err);
    fd_closep (&import->dirfd);
    stage_end (import->stage);
    free (import->image);
    json_decref (import->config);
    return rc < 0 ? NULL : xstrdup (id);
}

static char *image_label (const char *image, struct err *err)
{
    struct reference ref = {0};
    char *label;

    if (!image)
        return xstrdup ("IMPORTED:unknown");
    if (reference_parse (image, &ref, err) < 0)
        return NULL;
    label = xasprintf ("%s:%s", ref.name, reference_dir (&ref));
    reference_clear (&ref);
    return label;
}

char *import_container (const struct repo *repo,
                        const struct import_source *source, const char *image,
                        const char *name, struct err *err)
{
    struct import import = {.repo = repo, .source = source, .dirfd = -1};

    import.config = import_config (source->platform, NULL, err);
    if (!import.config)
        return NULL;
    import.image = image_label (image, err);
    if (!import.image) {
        json_decref (import.config);
        return NULL;
    }
    return make (&import, name, err);
}

char *import_clone (const struct repo *repo, const struct import_source *source,
                    const char *name, struct err *err)
{
    struct import import = {.repo = repo, .source = source, .dirfd = -1};

    return make (&import, name, err);
}
