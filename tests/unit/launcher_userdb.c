/* launcher_userdb.c - accounts, paths and image configurations as texts */
#include "base/json.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "launcher/cpath.h"
#include "launcher/image_config.h"
#include "launcher/userdb.h"
#include "tests/tap.h"

static const char passwd[] = "root:x:0:0:root:/root:/bin/sh\n"
                             "broken\n"
                             "+nis::::::\n"
                             "minus:x:-1:0::/:/bin/sh\n"
                             "huge:x:4294967296:0::/:/bin/sh\n"
                             "bare:x:7:8\n"
                             "\n"
                             "ana:x:1000:100:Ana:/home/ana:/bin/bash\n"
                             "ana:x:1001:101:other:/other:/bin/other";

static void test_users (void)
{
    struct userdb_user user;

    ok (userdb_find_user (passwd, "ana", &user), "a user by name");
    ok (user.uid == 1000 && user.gid == 100, "the first of two");
    is_str (user.home, "/home/ana", "home");
    is_str (user.shell, "/bin/bash", "shell");
    userdb_user_clear (&user);
    ok (userdb_find_uid (passwd, 1001, &user), "the last line, by number");
    is_str (user.shell, "/bin/other", "without a newline");
    userdb_user_clear (&user);
    ok (userdb_find_user (passwd, "bare", &user), "a short line");
    is_str (user.home, "", "what it lacks is empty");
    userdb_user_clear (&user);
    ok (!userdb_find_user (passwd, "broken", &user) &&
            !userdb_find_user (passwd, "+nis", &user) &&
            !userdb_find_user (passwd, "minus", &user) &&
            !userdb_find_user (passwd, "huge", &user),
        "lines that are none");
    ok (!userdb_find_user (passwd, "an", &user) &&
            !userdb_find_user (passwd, "anab", &user),
        "names that are not there");
    ok (!userdb_find_user (NULL, "ana", &user), "no text");
}

static void test_groups (void)
{
    static const char group[] = "root:x:0:\nusers:x:100:ana,bob\n";
    scoped_free char *name = userdb_group_name (group, 100);
    gid_t gid = 0;

    is_str (name, "users", "a group by number");
    ok (userdb_find_group (group, "users", &gid) && gid == 100, "and by name");
    ok (!userdb_find_group (group, "user", &gid), "not part of a name");
    ok (userdb_has_gid (group, 0) && !userdb_has_gid (group, 5) &&
            !userdb_has_gid (NULL, 0),
        "numbers that are there and are not");
}

static void test_add (void)
{
    char name[] = "eva", home[] = "/", shell[] = "/bin/sh";
    const struct userdb_user user = {name, 5, 6, home, shell};
    scoped_free char *text = userdb_add_user ("root:x:0:0::/:/b", &user);
    scoped_free char *alone = userdb_add_user (NULL, &user);
    scoped_free char *group = userdb_add_group ("root:x:0:\n", "eva", 6);
    uid_t id;

    is_str (text, "eva:x:5:6:eva:/:/bin/sh\nroot:x:0:0::/:/b", "a user");
    is_str (alone, "eva:x:5:6:eva:/:/bin/sh\n", "to no text");
    is_str (group, "eva:x:6:\nroot:x:0:\n", "a group");
    ok (userdb_parse_id ("4294967294", &id) && id == 4294967294U &&
            !userdb_parse_id ("4294967295", &id) &&
            !userdb_parse_id ("-1", &id) && !userdb_parse_id ("", &id) &&
            !userdb_parse_id ("1x", &id),
        "numbers");
}

static void test_paths (void)
{
    static const char *const tests[][2] = {
        {"/", "/"},
        {"//a///b/", "/a/b"},
        {"/a/./b/.", "/a/b"},
        {"/.", "/"},
        {"/a..b/..c", "/a..b/..c"},
        {"/a/../b", NULL},
        {"/..", NULL},
        {"a/b", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < sizeof (tests) / sizeof (tests[0]); i++) {
        scoped_free char *normal = cpath_normal (tests[i][0]);

        is_str (normal ? normal : "refused",
                tests[i][1] ? tests[i][1] : "refused", tests[i][0]);
    }
    ok (cpath_is_below ("/a/b", "/a") && cpath_is_below ("/a", "/a") &&
            cpath_is_below ("/a", "/") && !cpath_is_below ("/ab", "/a") &&
            !cpath_is_below ("/", "/a"),
        "below");
    ok (cpath_depth ("/") == 0 && cpath_depth ("/a") == 1 &&
            cpath_depth ("/a/b") == 2,
        "depth");
}

static void image (const char *text, const char *want, const char *what)
{
    scoped_json json_t *json = json_from_text (text, strlen (text), "t", NULL);
    struct image_config config;
    struct err err = {0};
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 4096);
    if (image_config_read (json, &config, &err) < 0)
        strbuf_adds (&out, err.text);
    for (size_t i = 0; i < config.entrypoint.n; i++)
        strbuf_addf (&out, "E=%s ", config.entrypoint.items[i]);
    for (size_t i = 0; i < config.cmd.n; i++)
        strbuf_addf (&out, "C=%s ", config.cmd.items[i]);
    for (size_t i = 0; i < config.env.n; i++)
        strbuf_addf (&out, "%s ", config.env.items[i]);
    strbuf_addf (&out, "%s %s", config.workdir ? config.workdir : "-",
                 config.user ? config.user : "-");
    is_str (out.text, want, what);
    image_config_clear (&config);
}

static void test_images (void)
{
    image ("{}", "- -", "nothing said");
    image ("[]", "- -", "not an object");
    image ("{\"config\":{\"Entrypoint\":[\"a\"],\"Cmd\":[\"b\",\"c\"],"
           "\"Env\":[\"A=1\",\"bad\",\"=x\"],\"WorkingDir\":\"/w\","
           "\"User\":\"u\"}}",
           "E=a C=b C=c A=1 /w u", "everything said");
    image ("{\"config\":{\"Entrypoint\":null,\"Cmd\":\"sh\",\"User\":\"\"}}",
           "C=sh - -", "null, a string, an empty string");
    image ("{\"config\":null,\"container_config\":{\"Cmd\":[\"x\"]}}",
           "C=x - -", "an old image");
    image ("{\"config\":{\"Cmd\":{}}}",
           "container.json: 'Cmd' is not a list of strings- -", "an object");
    image ("{\"config\":{\"Cmd\":[\"a\",1]}}",
           "container.json: 'Cmd' is not a list of stringsC=a - -",
           "a number in the list");
    image ("{\"config\":{\"User\":5}}",
           "container.json: 'User' is not a string- -", "a number");
}

int main (void)
{
    test_users ();
    test_groups ();
    test_add ();
    test_paths ();
    test_images ();
    return tap_done ();
}
