/* launcher_options.c - every form of an option, and what is refused */
#include <stdlib.h>

#include "base/scope.h"
#include "launcher/nearest.h"
#include "launcher/options.h"
#include "tests/tap.h"

// What the tables below fill.
struct target {
    bool flag;
    bool other;
    const char *name;
    struct strlist list;
};

#define FIELD(field) offsetof (struct target, field)

static const struct option_spec specs[] = {
    {"flag", 'f', OPTION_FLAG, NULL, FIELD (flag), "a flag"},
    {"name", 'n', OPTION_STRING, "NAME", FIELD (name), "a name"},
    {"list", 'l', OPTION_LIST, "X", FIELD (list), "a list"},
    {"ignored", 'i', OPTION_IGNORED, NULL, 0, "no effect"},
    {"taken", 0, OPTION_IGNORED, "X", 0, NULL},
    {"refused", 'r', OPTION_REFUSED, "X", 0, "it never is"},
    {0},
};
static const struct option_spec more_specs[] = {
    {"other", 'o', OPTION_FLAG, NULL, FIELD (other), "a flag of another table"},
    {0},
};

// The result of one parse, as text.
static char *show (int rc, const struct target *target,
                   const struct strlist *operands, const struct err *err)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 4096);
    if (rc < 0)
        strbuf_adds (&out, err->text);
    if (target->flag)
        strbuf_adds (&out, "flag ");
    if (target->other)
        strbuf_adds (&out, "other ");
    if (target->name)
        strbuf_addf (&out, "name=%s ", target->name);
    for (size_t i = 0; i < target->list.n; i++)
        strbuf_addf (&out, "list=%s ", target->list.items[i]);
    for (size_t i = 0; i < operands->n; i++)
        strbuf_addf (&out, "<%s>", operands->items[i]);
    return strbuf_detach (&out);
}

// 'line' is cut at '|'.
static void parses (const char *line, enum options_order order,
                    const char *want)
{
    struct target target = {0};
    const struct option_group groups[] = {
        {specs, &target}, {more_specs, &target}, {0}};
    scoped_strlist struct strlist operands = {0};
    scoped_strlist struct strlist argv = {0};
    scoped_free char *text = NULL;
    struct err err = {0};
    int rc;

    while (*line) {
        size_t len = strcspn (line, "|");

        strlist_addf (&argv, "%.*s", (int)len, line);
        line += len + (line[len] == '|');
    }
    rc = options_parse (groups, order, strlist_items (&argv), &operands, &err);
    text = show (rc, &target, &operands, &err);
    is_str (text, want, want);
    options_clear (groups);
}

static void test_forms (void)
{
    parses ("--name=x", OPTIONS_FIRST, "name=x ");
    parses ("--name|x", OPTIONS_FIRST, "name=x ");
    parses ("-n=x", OPTIONS_FIRST, "name=x ");
    parses ("-n|x", OPTIONS_FIRST, "name=x ");
    parses ("-nx", OPTIONS_FIRST, "name=x ");
    parses ("-n=a=b", OPTIONS_FIRST, "name=a=b ");
    parses ("--name=", OPTIONS_FIRST, "name= ");
    parses ("--name=a|--name=b", OPTIONS_FIRST, "name=b ");
    parses ("-l=1|--list|2|-l3", OPTIONS_FIRST, "list=1 list=2 list=3 ");
    parses ("-l|-f", OPTIONS_FIRST, "list=-f ");
    parses ("-if", OPTIONS_FIRST, "flag ");
    parses ("-fn|x", OPTIONS_FIRST, "flag name=x ");
    parses ("--flag=true|--other=0", OPTIONS_FIRST, "flag ");
    parses ("--flag|--flag=no", OPTIONS_FIRST, "");
    parses ("-o|--taken=1|--taken|2|-i|--ignored=true", OPTIONS_FIRST,
            "other ");
}

static void test_operands (void)
{
    parses ("-f|run|-o|--|x", OPTIONS_FIRST, "flag <run><-o><--><x>");
    parses ("-f|run|-o|x", OPTIONS_ANYWHERE, "flag other <run><x>");
    parses ("run|--|-o", OPTIONS_ANYWHERE, "<run><-o>");
    parses ("-f|--|-o", OPTIONS_FIRST, "flag <-o>");
    parses ("-|-f", OPTIONS_ANYWHERE, "flag <->");
}

static void test_refusals (void)
{
    parses ("--flga", OPTIONS_FIRST,
            "unknown option '--flga' (did you mean '--flag'?)");
    parses ("--zzzzzz=1", OPTIONS_FIRST,
            "unknown option '--zzzzzz' (--help shows those there are)");
    parses ("-z", OPTIONS_FIRST,
            "unknown option '-z' (--help shows those there are)");
    parses ("--flag=perhaps", OPTIONS_FIRST,
            "option '--flag' is true or false, not 'perhaps'");
    parses ("--name", OPTIONS_FIRST,
            "option '--name' needs a value: --name=NAME");
    parses ("-l", OPTIONS_FIRST, "option '-l' needs a value: -l=X");
    parses ("-r", OPTIONS_FIRST, "option '-r' is not possible: it never is");
    parses ("--refused=1", OPTIONS_FIRST,
            "option '--refused' is not possible: it never is");
}

static void test_help (void)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 4096);
    options_help (specs, &out);
    is_str (out.text,
            "  -f, --flag                  a flag\n"
            "  -n, --name=NAME             a name\n"
            "  -l, --list=X                a list\n"
            "  -i, --ignored               no effect\n",
            "the help text");
}

static void test_nearest (void)
{
    static const char *const words[] = {"inspect", "images", "install", "ps"};
    static const struct {
        const char *word, *best;
    } tests[] = {
        {"inpsect", "inspect"}, {"image", "images"}, {"instal", "install"},
        {"sp", "ps"},           {"xx", ""},          {"completely", ""},
    };

    for (size_t t = 0; t < sizeof (tests) / sizeof (tests[0]); t++) {
        struct nearest nearest = {.word = tests[t].word};

        for (size_t i = 0; i < sizeof (words) / sizeof (words[0]); i++)
            nearest_offer (&nearest, words[i]);
        is_str (nearest.best ? nearest.best : "", tests[t].best, tests[t].word);
    }
}

int main (void)
{
    test_forms ();
    test_operands ();
    test_refusals ();
    test_help ();
    test_nearest ();
    return tap_done ();
}
