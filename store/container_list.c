/* container_list.c - all containers of a repository, with their names */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "store/container.h"
#include "store/container_link.h"

enum {
    LINE_MAX_BYTES = 8192 // of execmode, imagerepo.name
};

// The list while it grows, and the names that were seen on the way.
struct listing {
    const struct repo *repo;
    struct container_entry *entries; // so far
    size_t n;                        // of them
    size_t size;                     // slots allocated
    struct strlist names;            // sorted later
    struct strlist ids;              // what each name stands for
};

static char *read_line (int dirfd, const char *name)
{
    char *line = io_read_file (dirfd, name, LINE_MAX_BYTES, NULL, NULL);

    if (line)
        line[strcspn (line, "\r\n")] = '\0';
    return line;
}

// The letter that `ps` shows for ROOT.
static char root_letter (int dirfd)
{
    struct stat st;

    if (fstatat (dirfd, "ROOT", &st, 0) < 0)
        return 'N';
    if (!S_ISDIR (st.st_mode))
        return 'D';
    return faccessat (dirfd, "ROOT", W_OK, AT_EACCESS) == 0 ? 'W' : 'R';
}

static void add_container (struct listing *listing, const char *id)
{
    scoped_fd int dirfd = openat (listing->repo->containers_fd, id,
                                  O_PATH | O_DIRECTORY | O_NOFOLLOW |
                                      O_CLOEXEC);
    char *image;

    if (dirfd < 0)
        return; // no directory, or gone by now
    if (listing->n == listing->size) {
        listing->size = listing->size ? listing->size * 2 : 64;
        listing->entries = xrealloc (
            listing->entries, listing->size * sizeof (*listing->entries));
    }
    image = read_line (dirfd, "imagerepo.name");
    listing->entries[listing->n++] = (struct container_entry){
        .id = xstrdup (id),
        .image = image ? image : xstrdup (""),
        .mode = read_line (dirfd, "execmode"),
        .writable = root_letter (dirfd),
        .is_protected = faccessat (dirfd, "PROTECT", F_OK, 0) == 0,
    };
}

static void add_name (struct listing *listing, const char *name)
{
    char *id = container_link_id (listing->repo, name, NULL);

    if (!id)
        return;
    strlist_add (&listing->names, name);
    strlist_add_take (&listing->ids, id);
}

static int read_all (struct listing *listing, struct err *err)
{
    int fd = openat (listing->repo->containers_fd, ".",
                     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    const struct dirent *entry;

    if (!dir) {
        err_set (err, errno, "cannot read '%s'",
                 listing->repo->paths.containersdir);
        fd_closep (&fd);
        return -1;
    }
    for (entry = readdir (dir); entry; entry = readdir (dir)) {
        struct stat st;
        bool is_link = entry->d_type == DT_LNK;

        if (entry->d_name[0] == '.')
            continue;
        if (entry->d_type == DT_UNKNOWN)
            is_link = fstatat (fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) ==
                          0 &&
                      S_ISLNK (st.st_mode);
        if (is_link)
            add_name (listing, entry->d_name);
        else
            add_container (listing, entry->d_name);
    }
    return 0;
}

static int by_id (const void *a, const void *b)
{
    return strcmp (((const struct container_entry *)a)->id,
                   ((const struct container_entry *)b)->id);
}

static int by_text (const void *a, const void *b)
{
    return strcmp (*(char *const *)a, *(char *const *)b);
}

// Give each container its names; a name whose container is gone has none.
static void hand_out_names (struct listing *listing)
{
    for (size_t i = 0; i < listing->names.n; i++) {
        struct container_entry key = {.id = listing->ids.items[i]};
        struct container_entry *entry = bsearch (
            &key, listing->entries, listing->n, sizeof (*listing->entries),
            by_id);

        if (entry)
            strlist_add (&entry->names, listing->names.items[i]);
    }
    for (size_t i = 0; i < listing->n; i++) {
        struct strlist *names = &listing->entries[i].names;

        if (names->n > 1)
            qsort (names->items, names->n, sizeof (*names->items), by_text);
    }
}

int container_list (const struct repo *repo, struct container_entry **entries,
                    size_t *n, struct err *err)
{
    struct listing listing = {.repo = repo};
    int rc = read_all (&listing, err);

    if (rc == 0 && listing.n > 0) {
        qsort (listing.entries, listing.n, sizeof (*listing.entries), by_id);
        hand_out_names (&listing);
    }
    strlist_free (&listing.names);
    strlist_free (&listing.ids);
    if (rc < 0)
        container_list_free (listing.entries, listing.n);
    *entries = rc == 0 ? listing.entries : NULL;
    *n = rc == 0 ? listing.n : 0;
    return rc;
}

void container_list_free (struct container_entry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free (entries[i].id);
        free (entries[i].image);
        free (entries[i].mode);
        strlist_free (&entries[i].names);
    }
    free (entries);
}
