/* options.c - take a command line apart by tables */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "launcher/nearest.h"
#include "launcher/options.h"

// The command line while it is being taken apart.
struct parse {
    const struct option_group *groups; // all that may occur
    char *const *at;                   // next word
    struct err *err;                   // what went wrong
};

// One option of the command line.
struct given {
    const struct option_spec *spec; // its row
    void *target;                   // the struct of its group
    char text[64];                  // as to be shown, "--name" or "-n"
};

static bool is_end (const struct option_spec *spec)
{
    return !spec->name && !spec->letter;
}

/* Find the row for the long name of 'n' bytes, or for the letter when 'name'
 * is NULL. */
static bool find (const struct option_group *groups, const char *name, size_t n,
                  char letter, struct given *given)
{
    for (; groups->specs; groups++)
        for (const struct option_spec *s = groups->specs; !is_end (s); s++) {
            if (name ? !s->name || strncmp (s->name, name, n) != 0 || s->name[n]
                     : s->letter != letter)
                continue;
            given->spec = s;
            given->target = groups->target;
            return true;
        }
    return false;
}

static int refuse_unknown (const struct parse *parse, const char *name)
{
    struct nearest nearest = {.word = name};

    for (const struct option_group *g = parse->groups; g->specs; g++)
        for (const struct option_spec *s = g->specs; !is_end (s); s++)
            if (s->name && s->type != OPTION_REFUSED)
                nearest_offer (&nearest, s->name);
    err_set (parse->err, 0, "unknown option '--%s'", name);
    if (nearest.best)
        err_hint (parse->err, "did you mean '--%s'?", nearest.best);
    else
        err_hint (parse->err, "--help shows those there are");
    return -1;
}

static int parse_bool (const char *text, bool *value)
{
    static const char *const yes[] = {"true", "1", "yes", "on"};
    static const char *const no[] = {"false", "0", "no", "off"};

    for (size_t i = 0; i < sizeof (yes) / sizeof (*yes); i++) {
        if (strcasecmp (text, yes[i]) == 0 || strcasecmp (text, no[i]) == 0) {
            *value = strcasecmp (text, yes[i]) == 0;
            return 0;
        }
    }
    return -1;
}

static int take_flag (const struct given *given, const char *value,
                      struct err *err)
{
    bool flag = true;

    if (value && parse_bool (value, &flag) < 0)
        return err_set (err, 0, "option '%s' is true or false, not '%s'",
                        given->text, value);
    if (given->spec->type == OPTION_FLAG)
        *(bool *)((char *)given->target + given->spec->offset) = flag;
    return 0;
}

// 'value' is what was attached to the option, or NULL.
static int take (struct parse *parse, const struct given *given,
                 const char *value)
{
    const struct option_spec *spec = given->spec;
    char *field = (char *)given->target + spec->offset;

    if (spec->type == OPTION_REFUSED)
        return err_set (parse->err, 0, "option '%s' is not possible: %s",
                        given->text, spec->help);
    if (!spec->metavar)
        return take_flag (given, value, parse->err);
    if (!value && !*parse->at)
        return err_set (parse->err, 0, "option '%s' needs a value: %s=%s",
                        given->text, given->text, spec->metavar);
    if (!value)
        value = *parse->at++;
    if (spec->type == OPTION_STRING)
        *(const char **)(void *)field = value;
    else if (spec->type == OPTION_LIST)
        strlist_add ((struct strlist *)(void *)field, value);
    return 0;
}

static int take_long (struct parse *parse, const char *word)
{
    const char *equals = strchr (word, '=');
    size_t n = equals ? (size_t)(equals - word) : strlen (word);
    struct given given;

    snprintf (given.text, sizeof (given.text), "--%.*s", (int)n, word);
    if (!find (parse->groups, word, n, 0, &given))
        return refuse_unknown (parse, given.text + 2);
    return take (parse, &given, equals ? equals + 1 : NULL);
}

// A word such as -it, -v=X or -vX, without its dash.
static int take_letters (struct parse *parse, const char *word)
{
    for (; *word; word++) {
        struct given given = {.text = {'-', *word}};

        if (!find (parse->groups, NULL, 0, *word, &given)) {
            err_set (parse->err, 0, "unknown option '-%c'", *word);
            return err_hint (parse->err, "--help shows those there are");
        }
        if (word[1] == '=')
            return take (parse, &given, word + 2);
        if (given.spec->metavar)
            return take (parse, &given, word[1] ? word + 1 : NULL);
        if (take (parse, &given, NULL) < 0)
            return -1;
    }
    return 0;
}

int options_parse (const struct option_group *groups, enum options_order order,
                   char *const *argv, struct strlist *operands, struct err *err)
{
    struct parse parse = {.groups = groups, .at = argv, .err = err};

    while (*parse.at) {
        const char *word = *parse.at++;

        if (strcmp (word, "--") == 0)
            break;
        // a dash alone is a file name: standard input or output
        if (word[0] != '-' || word[1] == '\0') {
            strlist_add (operands, word);
            if (order == OPTIONS_FIRST)
                break;
            continue;
        }
        if (word[1] == '-' ? take_long (&parse, word + 2) < 0
                           : take_letters (&parse, word + 1) < 0)
            return -1;
    }
    strlist_add_all (operands, parse.at);
    return 0;
}

void options_clear (const struct option_group *groups)
{
    for (; groups->specs; groups++)
        for (const struct option_spec *s = groups->specs; !is_end (s); s++)
            if (s->type == OPTION_LIST)
                strlist_free (
                    (struct strlist *)(void *)((char *)groups->target +
                                               s->offset));
}
