/* What is staged appears whole, or not at all. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/io.h"
#include "store/stage.h"
#include "store/owner.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static struct repo *make_repo (const char *top)
{
    struct repo_paths paths = {.topdir = xasprintf ("%s/repo", top)};
    struct err err = {0};
    struct repo *repo = NULL;

    if (repo_create (&paths, &err) == 0)
        repo = repo_open (&paths, &err);
    if (!repo) {
        puts (err.text);
        exit (1);
    }
    repo_paths_clear (&paths);
    return repo;
}

// Entries of 'path' below 'dirfd', without "." and "..".
static int count (int dirfd, const char *path)
{
    int fd = openat (dirfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    scoped_dir DIR *dir = fd < 0 ? NULL : fdopendir (fd);
    int n = -2;

    while (dir && readdir (dir))
        n++;
    return n;
}

static void test_publish (struct repo *repo)
{
    struct err err = {0};
    struct stage *stage = stage_begin (repo, repo->layers_fd, &err);
    scoped_free char *text = NULL;

    ok (stage && count (repo->top_fd, ".udocker/stage") == 1, "begun");
    ok (stage_write (stage, "a", "one", 3, &err) == 0 &&
            stage_write (stage, "b", "two", 3, &err) == 0,
        "written");
    ok (stage_write (stage, "a", "x", 1, &err) == -1, "but not twice");
    ok (count (repo->layers_fd, ".") == 0, "not there yet");
    ok (stage_sync (stage, &err) == 0, "synced");
    ok (stage_publish (stage, "a", repo->layers_fd, "A", &err) == 0,
        "published");
    text = io_read_file (repo->layers_fd, "A", 10, NULL, &err);
    is_str (text ? text : err.text, "one", "is there");
    ok (stage_publish (stage, "b", repo->layers_fd, "A", &err) == 0,
        "a file replaces a file");
    mkdirat (stage->dirfd, "d", 0777);
    ok (stage_publish (stage, "d", repo->layers_fd, "D", &err) == 0,
        "a directory too");
    stage_write (stage, "left", "x", 1, &err);
    stage_end (stage);
    ok (count (repo->top_fd, ".udocker/stage") == 0, "nothing stays behind");
    ok (count (repo->layers_fd, ".") == 2, "but what was published");
}

static void test_directory_in_place (struct repo *repo)
{
    struct err err = {0};
    scoped_stage struct stage *stage = stage_begin (repo, repo->repos_fd, &err);

    mkdirat (repo->repos_fd, "full", 0777);
    mkdirat (repo->repos_fd, "full/x", 0777);
    mkdirat (stage->dirfd, "new", 0777);
    ok (stage_publish (stage, "new", repo->repos_fd, "full", &err) == -1 &&
            (err.code == ENOTEMPTY || err.code == EEXIST),
        "a directory that is not empty is not replaced");
    ok (stage_discard (stage, repo->repos_fd, "full", &err) == 0 &&
            faccessat (repo->repos_fd, "full", F_OK, 0) < 0,
        "but discarded");
    ok (stage_discard (stage, repo->repos_fd, "none", &err) == -1 &&
            err.code == ENOENT,
        "what is not there cannot be");
}

/* A child that begins a stage and dies in it; returns after its death. */
static void die_in_stage (struct repo *repo)
{
    pid_t pid = fork ();

    if (pid == 0) {
        struct stage *stage = stage_begin (repo, repo->layers_fd, NULL);

        _exit (stage && stage_write (stage, "x", "x", 1, NULL) == 0 ? 0 : 1);
    }
    waitpid (pid, NULL, 0);
}

static void test_collect (struct repo *repo)
{
    struct err err = {0};
    scoped_stage struct stage *own = stage_begin (repo, repo->layers_fd, &err);

    mkdirat (repo->top_fd, ".udocker/stage/other:boot:1:999999:1:0", 0700);
    mkdirat (repo->top_fd, ".udocker/stage/unknown", 0700);
    die_in_stage (repo);
    ok (count (repo->top_fd, ".udocker/stage") == 4,
        "one of ours, a dead one, one of another host, one unknown");
    scoped_stage struct stage *next = stage_begin (repo, repo->layers_fd, &err);
    ok (next && count (repo->top_fd, ".udocker/stage") == 4,
        "the next one collects the dead one alone");
    ok (own && faccessat (own->stages_fd, own->name, F_OK, 0) == 0,
        "the living one stays");
    unlinkat (repo->top_fd, ".udocker/stage/other:boot:1:999999:1:0",
              AT_REMOVEDIR);
    unlinkat (repo->top_fd, ".udocker/stage/unknown", AT_REMOVEDIR);
}

static void test_owner (void)
{
    scoped_free char *self = owner_self ();
    scoped_free char *longer = xasprintf ("%s:3", self);
    char *start = strrchr (self, ':');

    ok (!owner_is_dead (self) && !owner_is_dead (longer), "we are alive");
    *start = '\0';
    scoped_free char *earlier = xasprintf ("%s:1:0", self);
    ok (owner_is_dead (earlier), "not the one who had our pid before");
    scoped_free char *zero = xasprintf ("%s:0:0", self);
    ok (!owner_is_dead (zero), "nor dead when its start is not known");
    ok (!owner_is_dead ("") && !owner_is_dead ("a:b") &&
            !owner_is_dead ("host:boot:1:-5:1"),
        "other names are not judged");
}

int main (void)
{
    char *top = temp_make ();
    struct repo *repo = make_repo (top);

    test_publish (repo);
    test_directory_in_place (repo);
    test_collect (repo);
    test_owner ();
    repo_close (repo);
    temp_remove (top);
    return tap_done ();
}
