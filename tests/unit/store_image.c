/* The images of a repository: what tags say, the list, removal. */
#include <errno.h>

#include "base/json.h"
#include "base/strbuf.h"
#include "store/checksum.h"
#include "store/image.h"
#include "store/protect.h"
#include "tests/tap.h"
#include "tests/unit/store_repo.h"

static const char schema2[] =
    "{\"config\": {\"digest\": \"sha256:cc\"}, \"layers\": ["
    "{\"digest\": \"sha256:aa\"}, {\"digest\": \"sha256:bb\"}]}";
static const char schema1[] =
    "{\"fsLayers\": [{\"blobSum\": \"sha256:bb\"}, "
    "{\"blobSum\": \"sha256:aa\"}], \"history\": [{\"v1Compatibility\": "
    "\"{\\\"os\\\": \\\"schema1\\\"}\"}]}";

// The layers of 'name' in one line, "" when that fails.
static char *layers_of (const struct test_repo *test, const char *name,
                        struct err *err)
{
    struct reference ref = {0};
    scoped_strlist struct strlist layers = {0};
    scoped_fd int fd = -1;
    char *text = xstrdup ("");

    if (reference_parse (name, &ref, err) == 0)
        fd = image_open (test->repo, &ref, err);
    reference_clear (&ref);
    if (fd < 0 || image_layers (test->repo, fd, &layers, err) < 0)
        return text;
    for (size_t i = 0; i < layers.n; i++) {
        char *more = xasprintf ("%s%s ", text, layers.items[i]);

        free (text);
        text = more;
    }
    return text;
}

static void check_layers (const struct test_repo *test, const char *name,
                          const char *want)
{
    struct err err = {0};
    scoped_free char *layers = layers_of (test, name, &err);

    is_str (layers, want, name);
    if (err.text[0])
        printf ("# %s\n", err.text);
}

static void check_refused (const struct test_repo *test, const char *name,
                           const char *text)
{
    struct err err = {0};
    scoped_free char *layers = layers_of (test, name, &err);

    ok (strstr (err.text, text) != NULL && !*layers, name);
    printf ("# %s\n", err.text);
}

static void check_config (const struct test_repo *test, const char *name,
                          const char *want)
{
    struct reference ref = {0};
    struct err err = {0};
    scoped_fd int fd = -1;
    scoped_json json_t *config = NULL;
    const char *os;

    reference_parse (name, &ref, &err);
    fd = image_open (test->repo, &ref, &err);
    reference_clear (&ref);
    config = image_config (test->repo, fd, &err);
    os = json_member_str (config, "os");
    is_str (os ? os : err.text, want, name);
}

static void test_forms (const struct test_repo *test)
{
    static const char *const none[] = {NULL};

    test_tag (test, "s2/latest", "manifest", schema2, none);
    test_tag (test, "s1/latest", "manifest", schema1, none);
    test_tag (test, "v1/latest", "ancestry", "[\"bb\", \"aa\"]", none);
    test_tag (test, "127.0.0.1:5000/a/b/1.0", "manifest", schema2, none);
    test_put (test, "layers/sha256:cc", "{\"os\": \"schema2\"}");
    test_put (test, "layers/bb.json", "{\"os\": \"v1 blob\"}");
    check_layers (test, "s2", "sha256:aa sha256:bb ");
    check_layers (test, "s1", "sha256:aa sha256:bb ");
    check_layers (test, "v1", "aa.layer bb.layer ");
    check_layers (test, "127.0.0.1:5000/a/b:1.0", "sha256:aa sha256:bb ");
    check_config (test, "s2", "schema2");
    check_config (test, "s1", "schema1");
    check_config (test, "v1", "v1 blob");
    test_put (test, "repos/v1/latest/container.json", "{\"os\": \"v1\"}");
    check_config (test, "v1", "v1");
}

static void test_bad (const struct test_repo *test)
{
    static const struct {
        const char *tag, *index, *text, *want;
    } rows[] = {
        {"b1/latest", "manifest", "{\"layers\": [{\"digest\": \"../x\"}]}",
         "without a valid name"},
        {"b2/latest", "manifest", "{\"layers\": [{\"digest\": \"\"}]}",
         "without a valid name"},
        {"b3/latest", "manifest", "{\"layers\": [7]}", "without a valid name"},
        {"b4/latest", "manifest", "{\"layers\": []}", "no layers"},
        {"b5/latest", "manifest", "{}", "no layers"},
        {"b6/latest", "manifest", "[\"x\"", "not valid JSON"},
        {"b7/latest", "ancestry", "[\"../aa\"]", "without a valid name"},
        {"b8/latest", "nothing", "", "No such file"},
    };
    static const char *const none[] = {NULL};

    for (size_t i = 0; i < sizeof (rows) / sizeof (rows[0]); i++) {
        scoped_free char *name = xstrndup (rows[i].tag, 2);

        test_tag (test, rows[i].tag, rows[i].index, rows[i].text, none);
        check_refused (test, name, rows[i].want);
    }
    check_refused (test, "none", "no image 'none:latest'");
    check_refused (test, "s2:none", "no image 's2:none'");
}

static void test_list (void)
{
    static const char *const none[] = {NULL};
    struct test_repo test = test_repo_make ();
    struct image_entry *entries = NULL;
    struct err err = {0};
    size_t n = 1;

    ok (image_list (test.repo, true, &entries, &n, &err) == 0 && n == 0,
        "an empty list");
    image_list_free (entries, n);
    test_tag (&test, "s2/latest", "manifest", schema2, none);
    test_tag (&test, "127.0.0.1:5000/a/b/1.0", "manifest", "broken", none);
    test_put (&test, "repos/s2/latest/PROTECT", "");
    test_put (&test, "repos/no/tag/file", "");
    test_put (&test, "layers/sha256:aa", "12345");
    ok (image_list (test.repo, true, &entries, &n, &err) == 0 && n == 2,
        "two images");
    is_str (entries[0].name, "127.0.0.1:5000/a/b:1.0", "a name with slashes");
    ok (entries[0].n_layers == 0 && !entries[0].is_protected, "  is damaged");
    is_str (entries[1].name, "s2:latest", "the other");
    ok (entries[1].is_protected, "  is protected");
    ok (entries[1].n_layers == 2 && entries[1].layers[0].bytes == 5 &&
            entries[1].layers[1].bytes == -1,
        "  has a layer of 5 bytes and one that is missing");
    is_str (entries[1].layers[0].file, "sha256:aa", "  the lower");
    image_list_free (entries, n);
    test_repo_remove (&test);
}

static int remove_image (const struct test_repo *test, const char *name,
                         struct err *err)
{
    struct reference ref = {0};
    int rc;

    reference_parse (name, &ref, err);
    rc = image_remove (test->repo, &ref, false, err);
    reference_clear (&ref);
    return rc;
}

static void test_remove (void)
{
    static const char *const one[] = {"sha256:aa", "sha256:bb", NULL};
    static const char *const two[] = {"sha256:aa", "sha256:cc", NULL};
    struct test_repo test = test_repo_make ();
    struct err err = {0};

    test_tag (&test, "one/latest", "manifest", schema2, one);
    test_tag (&test, "x/two/latest", "manifest", schema2, two);
    test_put (&test, "layers/sha256:aa", "");
    test_put (&test, "layers/sha256:bb", "");
    test_put (&test, "layers/sha256:cc", "");
    test_put (&test, "repos/one/latest/PROTECT", "");
    ok (remove_image (&test, "one", &err) == -1 &&
            strstr (err.text, "is protected"),
        "a protected image stays");
    unlinkat (test.repo->top_fd, "repos/one/latest/PROTECT", 0);
    ok (remove_image (&test, "one", &err) == 0, "an image goes");
    ok (!test_exists (&test, "repos/one") && test_exists (&test, "repos/x"),
        "with the directory of its name");
    ok (!test_exists (&test, "layers/sha256:bb"), "and its own layer");
    ok (test_exists (&test, "layers/sha256:aa"), "a shared layer stays");
    ok (remove_image (&test, "one", &err) == -1 && err.code == ENOENT,
        "it cannot go twice");
    ok (remove_image (&test, "x/two", &err) == 0, "the other goes too");
    ok (!test_exists (&test, "repos/x") && test_exists (&test, "repos") &&
            !test_exists (&test, "layers/sha256:aa"),
        "nothing is left");
    test_repo_remove (&test);
}

static int tag_image (const struct test_repo *test, const char *from,
                      const char *to, struct err *err)
{
    struct reference src = {0}, dst = {0};
    int rc;

    reference_parse (from, &src, err);
    reference_parse (to, &dst, err);
    rc = image_tag (test->repo, &src, &dst, err);
    reference_clear (&src);
    reference_clear (&dst);
    return rc;
}

static void test_tags (void)
{
    static const char *const blobs[] = {"sha256:aa", "sha256:bb", "sha256:cc",
                                        NULL};
    struct test_repo test = test_repo_make ();
    struct reference ref = {0};
    struct err err = {0};

    test_tag (&test, "one/latest", "manifest", schema2, blobs);
    test_put (&test, "layers/sha256:aa", "");
    test_put (&test, "layers/sha256:cc", "{}");
    reference_parse ("one", &ref, &err);
    ok (protect_image (test.repo, &ref, true, &err) == 0 &&
            test_exists (&test, "repos/one/latest/PROTECT"),
        "protect an image");
    ok (tag_image (&test, "one", "x/two:1", &err) == -1 &&
            strstr (err.text, "layer 'sha256:bb'") &&
            !test_exists (&test, "repos/x"),
        "an image that lacks a layer gets no tag");
    test_put (&test, "layers/sha256:bb", "");
    ok (tag_image (&test, "one", "x/two:1", &err) == 0 &&
            test_exists (&test, "repos/x/two/1/sha256:bb") &&
            !test_exists (&test, "repos/x/two/1/PROTECT"),
        "one more tag, without the mark");
    check_layers (&test, "x/two:1", "sha256:aa sha256:bb ");
    ok (tag_image (&test, "one", "x/two:1", &err) == -1 &&
            strstr (err.text, "already"),
        "not twice");
    ok (protect_image (test.repo, &ref, false, &err) == 0 &&
            remove_image (&test, "one", &err) == 0 &&
            test_exists (&test, "layers/sha256:bb"),
        "the layers stay for it");
    ok (protect_image (test.repo, &ref, true, &err) == -1 && err.code == ENOENT,
        "what is gone is not protected");
    reference_clear (&ref);
    test_repo_remove (&test);
}

// The problems of image "it", a line each.
static char *problems_of (const struct test_repo *test)
{
    struct reference ref = {0};
    scoped_strlist struct strlist problems = {0};
    scoped_strbuf struct strbuf text;
    struct err err = {0};

    reference_parse ("it", &ref, &err);
    strbuf_init (&text, 4096);
    if (image_verify (test->repo, &ref, &problems, &err) < 0)
        strbuf_addf (&text, "failed: %s\n", err.text);
    reference_clear (&ref);
    for (size_t i = 0; i < problems.n; i++)
        strbuf_addf (&text, "%s\n", problems.items[i]);
    return strbuf_detach (&text);
}

// The problem of the blob 'digest' (NULL: of no blob); "" for none at all.
static void check_problem (const struct test_repo *test, const char *digest,
                           const char *text)
{
    scoped_free char *got = problems_of (test);
    scoped_free char *want = digest ? xasprintf ("layer '%s' %s", digest, text)
                                    : xstrdup (text);

    ok (*want ? strncmp (got, want, strlen (want)) == 0 : !*got,
        *text ? text : "all is well");
    got[strcspn (got, "\n")] = '\0';
    printf ("# %s\n", got);
}

static void test_verify (void)
{
    struct test_repo test = test_repo_make ();
    struct err err = {0};
    char config[DIGEST_MAX + 1], layer[DIGEST_MAX + 1];
    const char *const blobs[] = {config, layer, NULL};
    scoped_free char *manifest = NULL, *config_path = NULL, *path = NULL;

    checksum_of ("sha256", "{}", 2, config, &err);
    checksum_of ("sha256", "content", 7, layer, &err);
    config_path = xasprintf ("layers/%s", config);
    path = xasprintf ("layers/%s", layer);
    manifest = xasprintf ("{\"config\": {\"digest\": \"%s\", \"size\": 2}, "
                          "\"layers\": [{\"digest\": \"%s\", \"size\": 7}]}",
                          config, layer);
    check_problem (&test, NULL, "failed: no image 'it:latest'");
    test_tag (&test, "it/latest", "manifest", manifest, blobs);
    test_put (&test, config_path, "{}");
    check_problem (&test, layer, "is missing");
    test_put (&test, path, "content");
    check_problem (&test, NULL, "");
    test_put (&test, path, "contend");
    check_problem (&test, layer, "is damaged: its digest is 'sha256:");
    test_put (&test, path, "contents");
    check_problem (&test, layer, "has 8 bytes, not 7");
    test_repo_remove (&test);
}

int main (void)
{
    struct test_repo test = test_repo_make ();

    test_forms (&test);
    test_bad (&test);
    test_repo_remove (&test);
    test_list ();
    test_remove ();
    test_tags ();
    test_verify ();
    return tap_done ();
}
