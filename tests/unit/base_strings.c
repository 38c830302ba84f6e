/* Strings with limits, lists, environments, numbers and whole files. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/json.h"
#include "base/num.h"
#include "base/strbuf.h"
#include "base/strlist.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

static void test_strbuf (void)
{
    scoped_strbuf struct strbuf buf;
    scoped_free char *text = NULL;

    strbuf_init (&buf, 8);
    is_str (buf.text, "", "a new buffer is an empty string");
    strbuf_addf (&buf, "%s-%d", "abc", 12);
    strbuf_addc (&buf, 'x');
    is_str (buf.text, "abc-12x", "additions");
    strbuf_adds (&buf, "yz");
    ok (buf.cut && buf.len == 7, "one that does not fit is left out");
    strbuf_adds (&buf, "y");
    ok (buf.len == 7, "  and all behind it");
    text = strbuf_detach (&buf);
    is_str (text, "abc-12x", "detached");
    ok (buf.len == 0 && !buf.cut && buf.max == 8, "  and usable again");
}

static void test_env (void)
{
    scoped_strlist struct strlist env = {0};
    char x[] = "X=1";
    char y[] = "Y=2";
    char *more[] = {x, y, NULL};

    ok (strlist_items (&env)[0] == NULL, "an empty list is a vector");
    strlist_add_all (&env, more);
    env_set (&env, "X", "3");
    env_set (&env, "Z", "");
    is_str (env_get (&env, "X"), "3", "a value replaced");
    is_str (env_get (&env, "Z"), "", "an empty value");
    ok (!env_get (&env, "Y2") && !env_get (&env, ""), "names not there");
    env_unset (&env, "X");
    env_unset (&env, "X");
    ok (!env_get (&env, "X") && env.n == 2 && !env.items[2], "removed");
    ok (strlist_find (&env, "Y=2") == 0 && strlist_find (&env, "Y") == -1,
        "found");
}

static void test_num (void)
{
    static const char *const bad[] = {"",   "x",  "1x", " 1",
                                      "+1", "11", "-2", "99999999999999999999"};
    long n = 0;

    ok (num_parse ("10", -1, 10, &n) == 0 && n == 10, "10");
    ok (num_parse ("-1", -1, 10, &n) == 0 && n == -1, "-1");
    for (size_t i = 0; i < sizeof (bad) / sizeof (bad[0]); i++)
        ok (num_parse (bad[i], -1, 10, &n) < 0, bad[i]);
}

static void test_files (int dirfd)
{
    struct err err = {0};
    scoped_free char *text = NULL;
    size_t n = 0;

    ok (io_replace_file (dirfd, "f", "12345", 0600, &err) == 0 &&
            io_replace_file (dirfd, "f", "123456", 0600, &err) == 0,
        "a file is written and replaced");
    text = io_read_file (dirfd, "f", 6, &n, &err);
    ok (text && n == 6 && strcmp (text, "123456") == 0, "  and read");
    ok (!io_read_file (dirfd, "f", 5, NULL, &err) && err.code == EFBIG,
        "a file over the limit is refused");
    is_str (err.text, "'f' is larger than 5 bytes", "  with the limit");
    ok (!io_read_file (dirfd, ".", 5, NULL, &err), "a directory is refused");
    ok (mkfifoat (dirfd, "fifo", 0600) == 0 &&
            !io_read_file (dirfd, "fifo", 5, NULL, &err),
        "a FIFO is refused and does not block");
    ok (io_replace_file (dirfd, "no/f", "", 0600, &err) == -1,
        "no directory, no file");
}

static void test_read_link (int dirfd)
{
    scoped_free char *target = NULL;

    symlinkat ("../some/where", dirfd, "link");
    target = io_read_link (dirfd, "link");
    is_str (target ? target : "", "../some/where", "the target of a link");
    ok (!io_read_link (dirfd, "f") && errno == EINVAL, "a file is no link");
    ok (!io_read_link (dirfd, "none") && errno == ENOENT, "nor is nothing");
}

static void test_mkdir (const char *dir)
{
    struct err err = {0};
    scoped_free char *deep = xasprintf ("%s/a/b/c", dir);
    scoped_free char *below_file = xasprintf ("%s/f/x", dir);
    scoped_free char *forbidden = xasprintf ("%s/a/closed/x", dir);
    scoped_free char *closed = xasprintf ("%s/a/closed", dir);

    ok (io_mkdir_p (deep, &err) == 0 && io_mkdir_p (deep, &err) == 0,
        "a directory and those above it, twice");
    ok (io_mkdir_p (below_file, &err) == -1 && err.code == ENOTDIR,
        "none below a file");
    if (geteuid () == 0)
        return;
    ok (mkdir (closed, 0500) == 0 && io_mkdir_p (forbidden, &err) == -1 &&
            err.code == EACCES,
        "none where it is forbidden, which is said");
}

static void test_json (void)
{
    static const char text[] = "{\"a\": [1, \"x\"], \"n\": 5}";
    struct err err = {0};
    scoped_json json_t *json = NULL;

    ok (!json_from_text ("{\"a\": }", 7, "here", &err), "no JSON");
    ok (strstr (err.text, "'here' is not valid JSON") == err.text,
        "  and who said it");
    json = json_from_text (text, strlen (text), "t", &err);
    ok (!json_member_str (json, "a") && !json_member_str (NULL, "a") &&
            json_member_int (json, "a", 3) == 3 &&
            json_member_int (json, "n", 3) == 5,
        "members of other types are not there");
}

int main (void)
{
    char *dir = temp_make ();
    scoped_fd int dirfd = open (dir, O_RDONLY | O_DIRECTORY);

    test_strbuf ();
    test_env ();
    test_num ();
    test_files (dirfd);
    test_read_link (dirfd);
    test_mkdir (dir);
    test_json ();
    temp_remove (dir);
    return tap_done ();
}
