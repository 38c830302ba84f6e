/* save.c - images from the repository into an archive
 *
 * The archive is what docker save has written for years: manifest.json, and a
 * directory for each layer with layer.tar and the two small files that
 * udocker 1.3 looks for.  Layers are written as they are, compressed or not:
 * whoever loads such archives looks at their first bytes.  Times and owners
 * are fixed, so that one image gives the same bytes every time.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/checksum.h"
#include "store/save_impl.h"

enum {
    BLOCK_BYTES = 256 << 10 // read at once
};

// An archive on its way.
struct save {
    const struct repo *repo;
    int fd;   // where the archive goes
    int code; // errno of what went wrong: nothing more is written
    struct archive *tar;
    struct strlist done; // members that are written
    json_t *manifest;    // of manifest.json
};

/* For libarchive, which is not told of errors: it would not free all that it
 * has. */
static la_ssize_t write_out (struct archive *tar, void *arg, const void *bytes,
                             size_t n)
{
    struct save *save = arg;

    (void)tar;
    if (save->code == 0 && io_write_all (save->fd, bytes, n) < 0)
        save->code = errno;
    return (la_ssize_t)n;
}

static int refuse (const struct save *save, struct err *err)
{
    if (save->code)
        return err_set (err, save->code, "cannot write the archive");
    return err_set (err, 0, "cannot write the archive: %s",
                    archive_error_string (save->tar));
}

static int begin_member (const struct save *save, const char *path,
                         long long bytes, struct err *err)
{
    struct archive_entry *entry = archive_entry_new ();
    int rc;

    archive_entry_set_pathname (entry, path);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0644);
    archive_entry_set_size (entry, bytes);
    archive_entry_set_mtime (entry, 0, 0);
    rc = archive_write_header (save->tar, entry);
    archive_entry_free (entry);
    return rc == ARCHIVE_OK ? 0 : refuse (save, err);
}

static int add_bytes (const struct save *save, const void *bytes, size_t n,
                      struct err *err)
{
    if (archive_write_data (save->tar, bytes, n) != (la_ssize_t)n || save->code)
        return refuse (save, err);
    return 0;
}

static int add_text (const struct save *save, const char *path,
                     const char *text, size_t n, struct err *err)
{
    if (begin_member (save, path, (long long)n, err) < 0)
        return -1;
    return add_bytes (save, text, n, err);
}

static int copy (const struct save *save, int fd, struct checksum *sum,
                 struct err *err)
{
    scoped_free char *block = xmalloc (BLOCK_BYTES);

    for (;;) {
        ssize_t n = io_read_full (fd, block, BLOCK_BYTES);

        if (n < 0)
            return err_set (err, errno, "cannot read it");
        if (n == 0)
            return 0;
        if (checksum_add (sum, block, (size_t)n, err) < 0 ||
            add_bytes (save, block, (size_t)n, err) < 0)
            return -1;
    }
}

// Write layer 'file' of layers/ as member 'path'.
static int add_content (const struct save *save, const char *path,
                        const char *file, struct err *err)
{
    bool named_by_digest = digest_is_valid (file);
    scoped_checksum struct checksum *sum = NULL;
    char digest[DIGEST_MAX + 1];
    struct stat st;
    scoped_fd int fd = openat (save->repo->layers_fd, file,
                               O_RDONLY | O_CLOEXEC);

    if (fd < 0 || fstat (fd, &st) < 0) {
        err_set (err, errno, "cannot open it");
        return err_hint (err, "pull the image again");
    }
    sum = checksum_begin (named_by_digest ? file : "sha256", err);
    if (!sum || begin_member (save, path, st.st_size, err) < 0 ||
        copy (save, fd, sum, err) < 0 || checksum_end (sum, digest, err) < 0)
        return -1;
    if (named_by_digest && strcmp (digest, file) != 0)
        return err_set (err, 0, "it is damaged: it has digest '%s'", digest);
    return 0;
}

static int add_layer (struct save *save, const char *id, const char *file,
                      struct err *err)
{
    scoped_free char *version = xasprintf ("%s/VERSION", id);
    scoped_free char *json = xasprintf ("%s/json", id);
    scoped_free char *path = xasprintf ("%s/layer.tar", id);
    scoped_free char *text = xasprintf ("{\"id\":\"%s\"}", id);

    if (strlist_find (&save->done, id) >= 0)
        return 0;
    strlist_add (&save->done, id);
    if (add_text (save, version, "1.0", 3, err) < 0 ||
        add_text (save, json, text, strlen (text), err) < 0)
        return -1;
    if (add_content (save, path, file, err) < 0)
        return err_prefix (err, "layer '%s'", file);
    return 0;
}

static int add_config (struct save *save, const struct save_image *image,
                       const char *path, struct err *err)
{
    if (strlist_find (&save->done, path) >= 0)
        return 0;
    strlist_add (&save->done, path);
    return add_text (save, path, image->config, image->n_config, err);
}

static int add_image (struct save *save, const struct save_image *image,
                      struct err *err)
{
    scoped_free char *config = xasprintf ("%s.json", image->config_hex);
    json_t *layers = json_array ();
    json_t *tags = json_array ();

    if (image->name)
        json_array_append_new (tags, json_string (image->name));
    for (size_t i = 0; i < image->ids.n; i++)
        json_array_append_new (
            layers, json_sprintf ("%s/layer.tar", image->ids.items[i]));
    json_array_append_new (save->manifest,
                           json_pack ("{s:s, s:o, s:o}", "Config", config,
                                      "RepoTags", tags, "Layers", layers));
    for (size_t i = 0; i < image->ids.n; i++) {
        if (add_layer (save, image->ids.items[i], image->layers.items[i], err) <
            0)
            return -1;
    }
    return add_config (save, image, config, err);
}

static int add_images (struct save *save, const struct strlist *names,
                       struct err *err)
{
    for (size_t i = 0; i < names->n; i++) {
        struct save_image image;
        int rc = save_image_find (save->repo, names->items[i], &image, err);

        if (rc == 0)
            rc = add_image (save, &image, err);
        save_image_clear (&image);
        if (rc < 0)
            return err_prefix (err, "cannot save '%s'", names->items[i]);
    }
    return 0;
}

static int write_all (struct save *save, const struct strlist *names,
                      struct err *err)
{
    scoped_free char *text = NULL;

    archive_write_set_format_pax_restricted (save->tar);
    archive_write_set_bytes_per_block (save->tar, BLOCK_BYTES);
    archive_write_set_bytes_in_last_block (save->tar, 1); // no padding
    if (archive_write_open (save->tar, save, NULL, write_out, NULL) !=
        ARCHIVE_OK)
        return refuse (save, err);
    if (add_images (save, names, err) < 0)
        return -1;
    // last, so that an archive that was cut off is none
    text = json_dumps (save->manifest, JSON_COMPACT);
    if (add_text (save, "manifest.json", text, strlen (text), err) < 0)
        return -1;
    if (archive_write_close (save->tar) != ARCHIVE_OK || save->code)
        return refuse (save, err);
    return 0;
}

int save_archive (const struct repo *repo, const struct strlist *names, int fd,
                  struct err *err)
{
    scoped_json json_t *manifest = json_array ();
    struct save save = {
        .repo = repo,
        .fd = fd,
        .tar = archive_write_new (),
        .manifest = manifest,
    };
    int rc = write_all (&save, names, err);

    if (rc < 0 && !save.code)
        save.code = ECANCELED;
    archive_write_free (save.tar);
    strlist_free (&save.done);
    return rc;
}

static int save_special (const struct repo *repo, const struct strlist *names,
                         const char *path, struct err *err)
{
    scoped_fd int fd = open (path, O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return err_set (err, errno, "cannot open '%s'", path);
    return save_archive (repo, names, fd, err);
}

int save_file (const struct repo *repo, const struct strlist *names,
               const char *path, struct err *err)
{
    scoped_free char *temp = xasprintf ("%s.%ld.new", path, (long)getpid ());
    scoped_fd int fd = -1;
    struct stat st;
    int rc;

    if (stat (path, &st) == 0 && !S_ISREG (st.st_mode))
        return save_special (repo, names, path, err);
    unlink (temp); // one of ours that died under this pid
    fd = open (temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return err_set (err, errno, "cannot create '%s'", temp);
    rc = save_archive (repo, names, fd, err);
    if (rc == 0 && (fsync (fd) < 0 || rename (temp, path) < 0))
        rc = err_set (err, errno, "cannot write '%s'", path);
    if (rc < 0)
        unlink (temp);
    return rc;
}
