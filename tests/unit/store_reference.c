/* Image names, as users write them and as they are stored. */
#include "store/reference.h"
#include "tests/tap.h"

static const struct good {
    const char *text, *host, *path, *tag, *digest, *name, *dir;
} good[] = {
    {"debian", NULL, "library/debian", "latest", NULL, "debian", "latest"},
    {"debian:12", NULL, "library/debian", "12", NULL, "debian", "12"},
    {"a/b:c", NULL, "a/b", "c", NULL, "a/b", "c"},
    {"docker.io/debian", NULL, "library/debian", "latest", NULL,
     "docker.io/debian", "latest"},
    {"docker.io/a/b", NULL, "a/b", "latest", NULL, "docker.io/a/b", "latest"},
    {"127.0.0.1:5000/x:1_a.B-c", "127.0.0.1:5000", "x", "1_a.B-c", NULL,
     "127.0.0.1:5000/x", "1_a.B-c"},
    {"127.0.0.1:5000/x", "127.0.0.1:5000", "x", "latest", NULL,
     "127.0.0.1:5000/x", "latest"},
    {"localhost/x", "localhost", "x", "latest", NULL, "localhost/x", "latest"},
    {"[::1]:5000/x", "[::1]:5000", "x", "latest", NULL, "[::1]:5000/x",
     "latest"},
    {"quay.io/a/b/c:t", "quay.io", "a/b/c", "t", NULL, "quay.io/a/b/c", "t"},
    {"my-own/a__b.c--d", NULL, "my-own/a__b.c--d", "latest", NULL,
     "my-own/a__b.c--d", "latest"},
    {"MyImage", NULL, "library/MyImage", "latest", NULL, "MyImage", "latest"},
    {"x@sha256:"
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     NULL, "library/x", NULL,
     "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "x",
     "sha256:"
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"r.io:1/x:t@sha256:"
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "r.io:1", "x", "t",
     "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "r.io:1/x", "t"},
};

static const struct bad {
    const char *text, *part;
} bad[] = {
    {"", "path ''"},
    {"..", "path '..'"},
    {"a/../b", "path 'a/../b'"},
    {"../a", "host '..'"},
    {"/a", "path '/a'"},
    {"a//b", "path 'a//b'"},
    {"a/", "path 'a/'"},
    {"./a", "host '.'"},
    {".udocker", "path '.udocker'"},
    {"a b", "path 'a b'"},
    {"a:", "tag ''"},
    {"a:-b", "tag '-b'"},
    {"a:b c", "tag 'b c'"},
    {"a...b", "path 'a...b'"},
    {"a._b", "path 'a._b'"},
    {"a___b", "path 'a___b'"},
    {"a-", "path 'a-'"},
    {"r.io:x/a", "host 'r.io:x'"},
    {"r.io:0/a", "host 'r.io:0'"},
    {"r.io:65536/a", "host 'r.io:65536'"},
    {"r..io/a", "host 'r..io'"},
    {"-r.io/a", "host '-r.io'"},
    {"r.io?q=/a", "host 'r.io?q='"},
    {"u:p@r.io/a", "digest 'r.io/a'"},
    {"a@sha256:abc", "digest 'sha256:abc'"},
    {"a@md5:d41d8cd98f00b204e9800998ecf8427e", "digest 'md5:"},
    {"[::1/a", "host '[::1'"},
    {"a\tb", "path 'a\tb'"},
};

static bool same (const char *got, const char *want)
{
    return got && want ? strcmp (got, want) == 0 : got == want;
}

static void test_good (const struct good *t)
{
    struct reference ref;
    struct err err = {0};
    int result = reference_parse (t->text, &ref, &err);

    ok (result == 0 && same (ref.host, t->host) && same (ref.path, t->path) &&
            same (ref.tag, t->tag) && same (ref.digest, t->digest) &&
            same (ref.name, t->name) && same (reference_dir (&ref), t->dir),
        t->text);
    reference_clear (&ref);
}

static void test_bad (const struct bad *t)
{
    struct reference ref;
    struct err err = {0};
    int result = reference_parse (t->text, &ref, &err);

    ok (result == -1 && strstr (err.text, t->part), t->part);
    if (result == 0 || !strstr (err.text, t->part))
        printf ("#  got: %d %s\n", result, err.text);
    reference_clear (&ref);
}

static void test_lengths (void)
{
    struct reference ref;
    struct err err = {0};
    char name[300], tag[200] = "a:";

    memset (name, 'a', sizeof (name));
    name[255] = '\0';
    ok (reference_parse (name, &ref, &err) == 0, "a name of 255 characters");
    reference_clear (&ref);
    name[255] = 'a';
    name[256] = '\0';
    ok (reference_parse (name, &ref, &err) == -1, "not of 256");
    memset (tag + 2, 'b', 128);
    ok (reference_parse (tag, &ref, &err) == 0, "a tag of 128 characters");
    reference_clear (&ref);
    memset (tag + 2, 'b', 129);
    ok (reference_parse (tag, &ref, &err) == -1, "not of 129");
}

int main (void)
{
    for (size_t i = 0; i < sizeof (good) / sizeof (good[0]); i++)
        test_good (&good[i]);
    for (size_t i = 0; i < sizeof (bad) / sizeof (bad[0]); i++)
        test_bad (&bad[i]);
    test_lengths ();
    return tap_done ();
}
