/* image_list.c - all images of a repository */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/image.h"
#include "store/image_walk.h"

// The list while it grows.
struct listing {
    const struct repo *repo;
    bool with_layers;            // fill them in
    struct image_entry *entries; // so far
    size_t n;                    // of them
    size_t size;                 // slots allocated
};

// "NAME/TAG" as "NAME:TAG".
static char *image_name (const char *path)
{
    char *name = xstrdup (path);
    char *slash = strrchr (name, '/');

    if (slash)
        *slash = ':';
    return name;
}

static void add_layers (const struct repo *repo, const struct strlist *files,
                        struct image_entry *entry)
{
    struct stat st;

    entry->layers = xcalloc (files->n + 1, sizeof (*entry->layers));
    for (size_t i = 0; i < files->n; i++) {
        bool found = fstatat (repo->layers_fd, files->items[i], &st, 0) == 0;

        entry->layers[entry->n_layers++] = (struct image_layer){
            .file = xstrdup (files->items[i]),
            .bytes = found ? st.st_size : -1,
        };
    }
}

static int add_image (void *arg, const char *path, int tag_dirfd,
                      struct err *err)
{
    struct listing *listing = arg;
    const struct repo *repo = listing->repo;
    scoped_strlist struct strlist files = {0};
    struct image_entry *entry;

    (void)err;
    if (listing->n == listing->size) {
        listing->size = listing->size ? listing->size * 2 : 64;
        listing->entries = xrealloc (
            listing->entries, listing->size * sizeof (*listing->entries));
    }
    entry = &listing->entries[listing->n++];
    *entry = (struct image_entry){
        .name = image_name (path),
        .path = xasprintf ("%s/%s", repo->paths.reposdir, path),
        .is_protected = faccessat (tag_dirfd, "PROTECT", F_OK, 0) == 0,
    };
    // a damaged image is listed all the same, so that it can be removed
    if (listing->with_layers &&
        image_layers (repo, tag_dirfd, &files, NULL) == 0)
        add_layers (repo, &files, entry);
    return 0;
}

static int by_name (const void *a, const void *b)
{
    return strcmp (((const struct image_entry *)a)->name,
                   ((const struct image_entry *)b)->name);
}

int image_list (const struct repo *repo, bool with_layers,
                struct image_entry **entries, size_t *n, struct err *err)
{
    struct listing listing = {.repo = repo, .with_layers = with_layers};

    if (image_walk (repo, add_image, &listing, err) < 0) {
        image_list_free (listing.entries, listing.n);
        return -1;
    }
    if (listing.n > 0)
        qsort (listing.entries, listing.n, sizeof (*listing.entries), by_name);
    *entries = listing.entries;
    *n = listing.n;
    return 0;
}

void image_list_free (struct image_entry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < entries[i].n_layers; k++)
            free (entries[i].layers[k].file);
        free (entries[i].layers);
        free (entries[i].name);
        free (entries[i].path);
    }
    free (entries);
}
