/* Sets of paths. */
#include "store/pathset.h"
#include "tests/tap.h"

static void test_many (void)
{
    scoped_pathset struct pathset set;
    char path[64];
    int n_found = 0, n_wrong = 0;

    pathset_init (&set);
    for (int i = 0; i < 100000; i++) {
        snprintf (path, sizeof (path), "dir%d/file%d", i % 100, i);
        pathset_add (&set, path);
    }
    for (int i = 0; i < 100000; i++) {
        snprintf (path, sizeof (path), "dir%d/file%d", i % 100, i);
        n_found += pathset_has (&set, path);
        snprintf (path, sizeof (path), "dir%d/file%d", i % 100 + 1, i);
        n_wrong += pathset_has (&set, path);
    }
    ok (n_found == 100000, "all that were added are found");
    ok (n_wrong == 0, "and no others");
    ok (set.n == 100100, "directories are counted once");
}

int main (void)
{
    scoped_pathset struct pathset set;

    pathset_init (&set);
    ok (!pathset_has (&set, "a"), "an empty set");
    pathset_add (&set, "a/b/c");
    pathset_add (&set, "a/b/c");
    ok (pathset_has (&set, "a/b/c"), "what was added");
    ok (pathset_has (&set, "a") && pathset_has (&set, "a/b"),
        "the directories above");
    ok (!pathset_has (&set, "b") && !pathset_has (&set, "a/b/c/d") &&
            !pathset_has (&set, "a/"),
        "nothing else");
    test_many ();
    return tap_done ();
}
