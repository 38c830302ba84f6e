/* Containers: made, opened, named, listed, removed. */
#include <dirent.h>
#include <errno.h>

#include "base/json.h"
#include "store/container.h"
#include "store/protect.h"
#include "tests/tap.h"
#include "tests/unit/store_repo.h"

static const char manifest[] =
    "{\"config\": {\"digest\": \"sha256:cc\"}, \"layers\": ["
    "{\"digest\": \"sha256:aa\"}, {\"digest\": \"sha256:bb\"}]}";

static void check_name (const char *name, bool good, size_t i)
{
    struct err err = {0};

    // names with newlines are no names of tests
    ok ((container_check_name (name, &err) == 0) == good &&
            good == !err.text[0],
        good ? "a good name" : "a bad name");
    printf ("# number %zu\n", i);
}

static void test_names (void)
{
    static const char *const good[] = {"a", "demo_1", "A-b+c", "x:y",
                                       "\xc3\xa9"};
    static const char *const bad[] = {"",     ".",  "..",  "a/b", "a.b",
                                      "[a",   "a]", "a b", "a\t", "a\n",
                                      "\x7f", "/x", ".x",  " "};
    char name[300];

    for (size_t i = 0; i < sizeof (good) / sizeof (good[0]); i++)
        check_name (good[i], true, i);
    for (size_t i = 0; i < sizeof (bad) / sizeof (bad[0]); i++)
        check_name (bad[i], false, i);
    memset (name, 'n', sizeof (name));
    name[256] = '\0';
    ok (container_check_name (name, NULL) == -1, "256 bytes");
    name[255] = '\0';
    ok (container_check_name (name, NULL) == 0, "255 bytes");
}

static int count (const struct test_repo *test, const char *path)
{
    scoped_free char *full = xasprintf ("%s/%s", test->path, path);
    scoped_dir DIR *dir = opendir (full);
    int n = -2; // "." and ".."

    while (dir && readdir (dir))
        n++;
    return n;
}

static void check_text (const struct test_repo *test, const char *id,
                        const char *name, const char *want)
{
    scoped_free char *path = xasprintf ("containers/%s/%s", id, name);
    scoped_free char *text = io_read_file (test->repo->top_fd, path, 1 << 16,
                                           NULL, NULL);

    is_str (text ? text : "(none)", want, name);
}

static void check_open (const struct test_repo *test, const char *name,
                        const char *id)
{
    struct err err = {0};
    scoped_container struct container *found = container_open (test->repo, name,
                                                               &err);
    scoped_free char *root = xasprintf ("%s/containers/%s/ROOT", test->path,
                                        id);

    ok (found != NULL, strcmp (name, id) == 0 ? "open by id" : name);
    if (!found) {
        printf ("# %s\n", err.text);
        return;
    }
    is_str (found->id, id, "  its id");
    is_str (found->root_path, root, "  its root");
    is_str (found->image, "demo:latest", "  its image");
    ok (found->mode == NULL, "  its mode");
    is_str (json_member_str (found->config, "os"), "linux", "  its config");
}

static void test_create (const struct test_repo *test)
{
    static const char *const blobs[] = {"sha256:aa", "sha256:bb", NULL};
    struct err err = {0};
    scoped_free char *id = NULL;

    test_tag (test, "demo/latest", "manifest", manifest, blobs);
    test_layer (test, "sha256:aa", "etc/lower", "lower");
    test_layer (test, "sha256:bb", "etc/upper", "upper");
    test_put (test, "layers/sha256:cc", "{\"os\": \"linux\"}");
    id = container_create (test->repo, "demo", "one", false, &err);
    ok (id != NULL, "create");
    if (!id) {
        printf ("# %s\n", err.text);
        return;
    }
    check_open (test, "one", id);
    check_open (test, id, id);
    check_text (test, id, "ROOT/etc/lower", "lower");
    check_text (test, id, "ROOT/etc/upper", "upper");
    check_text (test, id, "imagerepo.name", "demo:latest");
    check_text (test, id, "container.json", "{\n    \"os\": \"linux\"\n}");
    ok (count (test, ".udocker/stage") == 0, "no stage is left");
}

static void check_not_created (const struct test_repo *test, const char *image,
                               const char *name, const char *want)
{
    int before = count (test, "containers");
    struct err err = {0};
    scoped_free char *id = container_create (test->repo, image, name, false,
                                             &err);

    ok (!id && strstr (err.text, want), want);
    printf ("# %s\n", err.text);
    ok (count (test, "containers") == before, "  nothing was made");
    ok (count (test, ".udocker/stage") == 0, "  no stage is left");
}

static void test_not_created (const struct test_repo *test)
{
    check_not_created (test, "demo", "one", "name 'one' is in use");
    check_not_created (test, "demo", "a/b", "cannot be the name");
    check_not_created (test, "none", "two", "no image 'none:latest'");
    test_layer (test, "sha256:bb", "../../evil", "evil");
    check_not_created (test, "demo", "two", "points outside the container");
    test_put (test, "layers/sha256:bb", "garbage");
    check_not_created (test, "demo", "two", "layer 'sha256:bb': ");
    unlinkat (test->repo->layers_fd, "sha256:bb", 0);
    check_not_created (test, "demo", "two", "pull the image again");
    test_layer (test, "sha256:bb", "etc/upper", "upper");
    unlinkat (test->repo->layers_fd, "sha256:cc", 0);
    check_not_created (test, "demo", "two", "'sha256:cc'");
    test_put (test, "layers/sha256:cc", "{\"os\": \"linux\"}");
}

static void test_force (const struct test_repo *test)
{
    struct err err = {0};
    scoped_free char *id = NULL;

    id = container_create (test->repo, "demo", "one", true, &err);
    ok (id != NULL, "create --force of a name in use");
    check_open (test, "one", id ? id : "");
    ok (container_create (test->repo, "demo", id, true, &err) == NULL,
        "but not of an id");
    ok (container_name (test->repo, id, "two", &err) == 0, "one more name");
    check_open (test, "two", id ? id : "");
    ok (container_name (test->repo, "one", "two", &err) == -1 &&
            strstr (err.text, "in use"),
        "a name in use");
    ok (container_name (test->repo, "none", "three", &err) == -1 &&
            err.code == ENOENT,
        "a name for nothing");
}

static void test_list_and_remove (const struct test_repo *test)
{
    struct container_entry *list = NULL;
    struct err err = {0};
    size_t n = 0, named;

    symlinkat ("nothing", test->repo->containers_fd, "dangling");
    ok (container_list (test->repo, &list, &n, &err) == 0 && n == 2,
        "two containers");
    named = list[0].names.n ? 0 : 1;
    ok (list[named].names.n == 2 && list[1 - named].names.n == 0,
        "one has two names, the other has lost its own");
    is_str (list[named].names.items[0], "one", "sorted names");
    is_str (list[named].image, "demo:latest", "image");
    ok (list[0].writable == 'W' && !list[0].is_protected && !list[0].mode,
        "state");
    ok (container_remove (test->repo, "one", false, &err) == 0, "remove one");
    ok (container_open (test->repo, "one", &err) == NULL &&
            err.code == ENOENT &&
            container_open (test->repo, "two", &err) == NULL &&
            err.code == ENOENT,
        "and its names");
    ok (container_remove (test->repo, "one", false, &err) == -1 &&
            err.code == ENOENT,
        "not twice");
    ok (container_remove (test->repo, list[1 - named].id, false, &err) == 0,
        "remove the other by its id");
    ok (count (test, "containers") == 1, "only the dangling name is left");
    ok (count (test, ".udocker/stage") == 0, "no stage is left");
    container_list_free (list, n);
}

static void test_protected (const struct test_repo *test)
{
    struct err err = {0};
    scoped_free char *id = container_create (test->repo, "demo", "dangling",
                                             false, &err);
    scoped_free char *path = xasprintf ("containers/%s/PROTECT", id);
    scoped_free char *mode = xasprintf ("containers/%s/execmode", id);
    scoped_container struct container *found = NULL;

    ok (id != NULL, "a dangling name is free");
    test_put (test, path, "");
    ok (container_remove (test->repo, "dangling", true, &err) == -1 &&
            strstr (err.text, "is protected"),
        "a protected container stays");
    test_put (test, mode, "N1\n");
    found = container_open (test->repo, "dangling", &err);
    is_str (found ? found->mode : "", "N1", "the mode is a line");
}

static void test_rename (const struct test_repo *test)
{
    struct err err = {0};
    scoped_free char *id = container_create (test->repo, "demo", "from", false,
                                             &err);

    ok (container_rename (test->repo, "from", "dangling", &err) == -1 &&
            strstr (err.text, "is in use"),
        "a name in use is not taken");
    ok (container_rename (test->repo, id, "to", &err) == -1 &&
            strstr (err.text, "is the id"),
        "an id is not renamed");
    ok (container_rename (test->repo, "from", "to.", &err) == -1 &&
            strstr (err.text, "cannot be the name"),
        "not to what is no name");
    ok (container_rename (test->repo, "from", "to", &err) == 0, "rename");
    check_open (test, "to", id);
    ok (container_rename (test->repo, "from", "to", &err) == -1 &&
            err.code == ENOENT,
        "the old name is gone");
    ok (container_unname (test->repo, id, &err) == -1 &&
            container_unname (test->repo, "from", &err) == -1 &&
            err.code == ENOENT,
        "what is no name is not taken away");
    ok (container_unname (test->repo, "to", &err) == 0, "take a name away");
    ok (container_open (test->repo, "to", &err) == NULL, "it is gone");
    check_open (test, id, id);
    ok (container_remove (test->repo, id, false, &err) == 0, "remove it");
}

static void test_protect (const struct test_repo *test)
{
    struct err err = {0};
    scoped_free char *id = container_create (test->repo, "demo", "safe", false,
                                             &err);
    scoped_free char *mark = xasprintf ("containers/%s/PROTECT", id);

    ok (protect_container (test->repo, "safe", true, &err) == 0 &&
            protect_container (test->repo, id, true, &err) == 0 &&
            test_exists (test, mark),
        "protect, twice");
    ok (container_remove (test->repo, id, true, &err) == -1 &&
            strstr (err.text, "is protected"),
        "it stays");
    ok (protect_container (test->repo, id, false, &err) == 0 &&
            protect_container (test->repo, id, false, &err) == 0 &&
            !test_exists (test, mark),
        "unprotect, twice");
    ok (container_remove (test->repo, id, false, &err) == 0, "it goes");
    ok (protect_container (test->repo, id, true, &err) == -1 &&
            err.code == ENOENT,
        "what is gone is not protected");
}

static void test_nonsense (const struct test_repo *test)
{
    static const char *const names[] = {"",  "/",  ".",     "..",
                                        "x", "x/", "../..", "evil"};

    symlinkat ("..", test->repo->containers_fd, "evil");
    for (size_t i = 0; i < sizeof (names) / sizeof (names[0]); i++) {
        struct err err = {0};

        ok (container_open (test->repo, names[i], &err) == NULL &&
                err.code == ENOENT,
            names[i]);
    }
}

int main (void)
{
    struct test_repo test = test_repo_make ();

    test_names ();
    test_create (&test);
    test_not_created (&test);
    test_force (&test);
    test_list_and_remove (&test);
    test_protected (&test);
    test_rename (&test);
    test_protect (&test);
    test_nonsense (&test);
    test_repo_remove (&test);
    return tap_done ();
}
