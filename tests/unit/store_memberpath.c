/* Names of tar members, made clean or refused. */
#include <errno.h>

#include "store/memberpath.h"
#include "tests/tap.h"

static const struct {
    const char *name;  // of a member
    const char *clean; // NULL: refused
} rows[] = {
    {"a", "a"},
    {"a/b/c", "a/b/c"},
    {"./a", "a"},
    {"././/a//b/./", "a/b"},
    {"/a", "a"},
    {"///a", "a"},
    {"", ""},
    {".", ""},
    {"./", ""},
    {"/", ""},
    {"a/..", ""},
    {"a/../b", "b"},
    {"a/b/../../c/d/..", "c"},
    {"..a/b..", "..a/b.."},
    {".../x", ".../x"},
    {"..", NULL},
    {"../a", NULL},
    {"/..", NULL},
    {"a/../..", NULL},
    {"a/../../b", NULL},
    {"./../a", NULL},
};

static void test_limits (void)
{
    char name[2 * PATH_MAX] = "";
    char clean[PATH_MAX];
    struct err err = {0};

    for (int i = 0; i < 2 * MEMBERPATH_MAX_DEPTH; i++)
        name[i] = i % 2 ? '/' : 'd';
    ok (memberpath_clean (name, clean, &err) == 0, "256 directories");
    name[2 * MEMBERPATH_MAX_DEPTH] = 'd';
    ok (memberpath_clean (name, clean, &err) == -1 && err.code == ENAMETOOLONG,
        "one more");
    memset (name, 'x', PATH_MAX);
    name[PATH_MAX - 1] = '\0';
    ok (memberpath_clean (name, clean, &err) == 0, "PATH_MAX - 1 bytes");
    name[PATH_MAX - 1] = 'x';
    ok (memberpath_clean (name, clean, &err) == -1 && err.code == ENAMETOOLONG,
        "PATH_MAX bytes");
}

int main (void)
{
    for (size_t i = 0; i < sizeof (rows) / sizeof (rows[0]); i++) {
        char clean[PATH_MAX] = "";
        struct err err = {0};
        int rc = memberpath_clean (rows[i].name, clean, &err);

        ok (rc == (rows[i].clean ? 0 : -1), rows[i].name);
        if (rows[i].clean)
            is_str (clean, rows[i].clean, "  its clean form");
        else
            ok (strstr (err.text, rows[i].name) != NULL, "  is named");
    }
    test_limits ();
    return tap_done ();
}
