/* launcher_config.c - values, files and the order of sources */
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "base/sysroot.h"
#include "launcher/config.h"
#include "launcher/config_file.h"
#include "launcher/config_value.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

// Parse a literal and show it again; the message when it is refused.
static void value (enum value_type type, const char *text, const char *want)
{
    union {
        char *string;
        bool truth;
        long number;
        struct strlist list;
    } field = {0};
    scoped_strbuf struct strbuf out;
    struct err err = {0};

    strbuf_init (&out, 4096);
    if (config_value_parse (type, text, &field, &err) < 0)
        strbuf_adds (&out, err.text);
    else
        config_value_show (type, &field, &out);
    is_str (out.text, want, text);
    config_value_clear (type, &field);
}

static void test_values (void)
{
    value (VALUE_STRING, "plain", "\"plain\"");
    value (VALUE_STRING, " two words ", "\"two words\"");
    value (VALUE_STRING, "\"a\\\"b\\\\\"", "\"a\\\"b\\\\\"");
    value (VALUE_STRING, "'it\\'s'", "\"it's\"");
    value (VALUE_STRING, "None", "None");
    value (VALUE_STRING, "", "\"\"");
    value (VALUE_STRING, "\"open", "\"open is not a string");
    value (VALUE_STRING, "'a' b", "'a' b is not a string");
    value (VALUE_BOOL, "True", "True");
    value (VALUE_BOOL, "false", "False");
    value (VALUE_BOOL, "1", "True");
    value (VALUE_BOOL, "None", "False");
    value (VALUE_BOOL, "maybe", "'maybe' is neither True nor False");
    value (VALUE_INT, "12", "12");
    value (VALUE_INT, "\"12\"", "12");
    value (VALUE_INT, "None", "0");
    value (VALUE_INT, "-1", "'-1' is not a number");
    value (VALUE_INT, "12s", "'12s' is not a number");
    value (VALUE_INT, "99999999999", "'99999999999' is not a number");
    value (VALUE_LIST, "[\"bash\", \"-i\"]", "[\"bash\", \"-i\"]");
    value (VALUE_LIST, "('a',)", "[\"a\"]");
    value (VALUE_LIST, "a, b c ,d", "[\"a\", \"b c\", \"d\"]");
    value (VALUE_LIST, "[]", "[]");
    value (VALUE_LIST, "None", "[]");
    value (VALUE_LIST, "['a, b', \"]\"]", "[\"a, b\", \"]\"]");
    value (VALUE_LIST, "[a", "'[a' is not a list such as [\"a\", \"b\"]");
    value (VALUE_LIST, "['a' 'b']",
           "'['a' 'b']' is not a list such as [\"a\", \"b\"]");
    value (VALUE_MAP, "{'x86_64': \"P1\", arm: P2}",
           "{\"x86_64\": \"P1\", \"arm\": \"P2\"}");
    value (VALUE_MAP, "{a}", "'{a}' is not a map such as {\"a\": \"b\"}");
}

static int note (const char *key, const char *text, void *arg, struct err *err)
{
    if (strcmp (key, "bad") == 0)
        return err_set (err, 0, "bad value");
    strbuf_addf (arg, "%s=%s;", key, text);
    return 0;
}

static void file (const char *text, const char *want, const char *what)
{
    scoped_strbuf struct strbuf out;
    struct err err = {0};

    strbuf_init (&out, 4096);
    if (config_file_parse (text, "f", note, &out, &err) < 0)
        strbuf_addf (&out, "%s", err.text);
    is_str (out.text, want, what);
}

static void test_files (void)
{
    file ("[DEFAULT]\na = 1\nB:2\n", "a=1;b=2;", "pairs");
    file ("# c\n; c\n\n[DEFAULT]\r\na = 1\r\n", "a=1;", "comments and CRLF");
    file ("a = [1,\n  # no\n  2]\nb=3", "a=[1, 2];b=3;", "a value goes on");
    file ("[other]\na = 1\n[DEFAULT]\nb = 2\n", "b=2;", "other sections");
    file ("a =\n", "a=;", "an empty value");
    file ("a = 1\nnonsense\n", "a=1;f:2: 'nonsense' is not 'key = value'",
          "a line that is no pair");
    file ("\n= 1\n", "f:2: '= 1' is not 'key = value'", "no key");
    file ("a = 1\nbad = 1\n\nc = 1\n", "a=1;f:2: bad value",
          "the line of a bad value, not the one after it");
    file ("[DEFAULT\n", "f:1: section without ']'", "an open section");
    file ("", "", "an empty file");
}

static void put (const char *dir, const char *name, const char *text)
{
    scoped_free char *path = xasprintf ("%s/%s", dir, name);
    struct err err = {0};

    if (io_replace_file (AT_FDCWD, path, text, 0644, &err) < 0)
        printf ("Bail out! %s\n", err.text);
}

static void make_dir (const char *dir, const char *name)
{
    scoped_free char *path = xasprintf ("%s/%s", dir, name);

    io_mkdir_p (path, NULL);
}

// All sources at once: each later one takes one key over.
static void test_order (const char *dir)
{
    scoped_free char *last = xasprintf ("%s/last.conf", dir);
    scoped_free char *repo = xasprintf ("%s/repo", dir);
    struct config_sources sources = {.file_path = last};
    struct config config = {0};
    struct err err = {0};

    put (dir, "etc/udocker.conf",
         "timeout=1\nctimeout=1\ndownload_timeout=1\n"
         "http_agent=etc\ntmpdir=etc\n");
    put (dir, "home/.udocker/udocker.conf",
         "ctimeout=2\ndownload_timeout=2\nhttp_agent=home\ntmpdir=home\n");
    put (dir, "repo/udocker.conf",
         "download_timeout=3\nhttp_agent=repo\ntmpdir=repo\nunknown=1\n");
    put (dir, "last.conf", "http_agent='last'\ntmpdir=last\n");
    setenv ("UDOCKER_DIR", repo, 1);
    setenv ("UDOCKER_TMP", "env", 1);
    ok (config_load (&config, &sources, &err) == 0, "all sources are read");
    ok (config.timeout == 1 && config.ctimeout == 2 &&
            config.download_timeout == 3,
        "/etc, home, repository");
    is_str (config.http_agent, "last", "--config");
    is_str (config.tmpdir, "env", "the environment");
    is_str (config.topdir, repo, "UDOCKER_DIR");
    config_clear (&config);

    sources.repo = "/elsewhere";
    setenv ("UDOCKER_CONTAINERS", "/c", 1);
    ok (config_load (&config, &sources, &err) == 0, "with --repo");
    is_str (config.topdir, "/elsewhere", "--repo");
    ok (!config.containersdir, "--repo is the whole repository");
    config_clear (&config);
    unsetenv ("UDOCKER_CONTAINERS");
    unsetenv ("UDOCKER_DIR");
    unsetenv ("UDOCKER_TMP");
}

static void refuses (const struct config_sources *sources, const char *want,
                     const char *what)
{
    struct config config = {0};
    struct err err = {0};

    ok (config_load (&config, sources, &err) < 0, what);
    ok (strstr (err.text, want), want);
    config_clear (&config);
}

static void test_refusals (const char *dir)
{
    scoped_free char *bad = xasprintf ("%s/bad.conf", dir);
    scoped_free char *missing = xasprintf ("%s/missing.conf", dir);
    struct config_sources sources = {.file_path = missing};

    refuses (&sources, "No such file", "--config of a missing file");
    put (dir, "bad.conf", "a=b\ntimeout = soon\n");
    sources.file_path = bad;
    refuses (&sources, "bad.conf:2: timeout: 'soon' is not a number",
             "a malformed value");
    sources.file_path = NULL;
    setenv ("UDOCKER_LOGLEVEL", "loud", 1);
    refuses (&sources, "environment variable UDOCKER_LOGLEVEL: 'loud'",
             "a malformed variable");
    unsetenv ("UDOCKER_LOGLEVEL");
    unsetenv ("HOME");
    put (dir, "etc/udocker.conf", "");
    refuses (&sources, "set HOME or UDOCKER_DIR", "nowhere to go");
}

// What showconf prints is a file that makes the same configuration.
static void test_round_trip (const char *dir)
{
    scoped_strbuf struct strbuf first;
    scoped_strbuf struct strbuf second;
    scoped_free char *path = xasprintf ("%s/shown.conf", dir);
    const struct config_sources sources = {.file_path = path};
    struct config config = {0};

    strbuf_init (&first, 1 << 16);
    strbuf_init (&second, 1 << 16);
    config_defaults (&config);
    config_set (&config, "topdir", "\"/a \\\"b\"", NULL);
    config_set (&config, "default_execution_modes", "{'x': 'y'}", NULL);
    config_show (&config, &first);
    config_clear (&config);
    put (dir, "shown.conf", first.text);
    ok (config_load (&config, &sources, NULL) == 0, "showconf can be read");
    config_show (&config, &second);
    config_clear (&config);
    is_str (second.text, first.text, "and says the same");
}

int main (void)
{
    char *dir = temp_make ();
    scoped_free char *home = xasprintf ("%s/home", dir);

    make_dir (dir, "etc");
    make_dir (dir, "home/.udocker");
    make_dir (dir, "repo");
    setenv ("HOME", home, 1);
    sysroot_set (dir);
    test_values ();
    test_files ();
    test_order (dir);
    test_round_trip (dir);
    test_refusals (dir);
    temp_remove (dir);
    return tap_done ();
}
