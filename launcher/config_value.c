/* config_value.c - Python literals to values and back */
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "base/strlist.h"
#include "launcher/config_value.h"

enum { MAX_ITEMS = 1024 }; // of one list

static const char *skip_blanks (const char *at)
{
    return at + strspn (at, " \t\r\n");
}

static char *trimmed (const char *text)
{
    size_t n;

    text = skip_blanks (text);
    n = strlen (text);
    while (n > 0 && isspace ((unsigned char)text[n - 1]))
        n--;
    return xstrndup (text, n);
}

static char unescape (char c)
{
    if (c == 'n')
        return '\n';
    return c == 't' ? '\t' : c;
}

/* The quoted string at '*at', which moves behind it.  NULL when the closing
 * quote is missing. */
static char *take_quoted (const char **at)
{
    char quote = *(*at)++;
    scoped_free char *text = xmalloc (strlen (*at) + 1);
    size_t n = 0;

    for (; **at && **at != quote; (*at)++) {
        if (**at == '\\' && (*at)[1])
            text[n++] = unescape (*++*at);
        else
            text[n++] = **at;
    }
    if (!**at)
        return NULL;
    (*at)++;
    text[n] = '\0';
    return ptr_take (&text);
}

// A quoted string, or a bare word up to one of 'stop'.
static char *take_item (const char **at, const char *stop)
{
    scoped_free char *word = NULL;

    *at = skip_blanks (*at);
    if (**at == '"' || **at == '\'')
        return take_quoted (at);
    word = xstrndup (*at, strcspn (*at, stop));
    *at += strlen (word);
    return trimmed (word);
}

static int parse_string (const char *text, char **value, struct err *err)
{
    scoped_free char *word = trimmed (text);
    const char *at = word;
    char *parsed = NULL;

    if (strcmp (word, "None") != 0) {
        parsed = take_item (&at, "");
        if (!parsed || *at) {
            free (parsed);
            return err_set (err, 0, "%s is not a string", word);
        }
    }
    free (*value);
    *value = parsed;
    return 0;
}

static int parse_bool (const char *text, bool *value, struct err *err)
{
    static const char *const words[][2] = {
        {"false", "true"}, {"0", "1"}, {"no", "yes"}, {"off", "on"}};
    scoped_free char *word = trimmed (text);

    if (strcmp (word, "None") == 0) {
        *value = false;
        return 0;
    }
    for (size_t i = 0; i < sizeof (words) / sizeof (*words); i++)
        for (int truth = 0; truth < 2; truth++)
            if (strcasecmp (word, words[i][truth]) == 0) {
                *value = truth;
                return 0;
            }
    return err_set (err, 0, "'%s' is neither True nor False", word);
}

static int parse_int (const char *text, long *value, struct err *err)
{
    scoped_free char *word = NULL;

    if (parse_string (text, &word, err) < 0)
        return -1;
    if (!word || !*word) {
        *value = 0;
        return 0;
    }
    if (num_parse (word, 0, INT_MAX, value) < 0)
        return err_set (err, 0, "'%s' is not a number", word);
    return 0;
}

// Cut the brackets off '*text', if it has any: a list without is one too.
static int strip_brackets (char *text, const char *pairs)
{
    size_t n = strlen (text);
    const char *open = n > 0 ? strchr (pairs, text[0]) : NULL;

    if (!open)
        return 0;
    if (n < 2 || text[n - 1] != open[1])
        return -1;
    memmove (text, text + 1, n - 2);
    text[n - 2] = '\0';
    return 0;
}

// One entry of a list, or KEY=VALUE of a map.
static char *take_entry (enum value_type type, const char **at)
{
    scoped_free char *item = take_item (at, type == VALUE_MAP ? ":" : ",");
    scoped_free char *mapped = NULL;

    if (!item || type == VALUE_LIST)
        return ptr_take (&item);
    *at = skip_blanks (*at);
    if (**at != ':')
        return NULL;
    (*at)++;
    mapped = take_item (at, ",");
    return mapped ? xasprintf ("%s=%s", item, mapped) : NULL;
}

static int parse_entries (enum value_type type, const char *at,
                          struct strlist *list)
{
    for (at = skip_blanks (at); *at; at = skip_blanks (at)) {
        char *entry = take_entry (type, &at);

        if (!entry)
            return -1;
        strlist_add_take (list, entry);
        at = skip_blanks (at);
        if (*at && *at++ != ',')
            return -1;
        if (list->n > MAX_ITEMS)
            return -1;
    }
    return 0;
}

static int parse_list (enum value_type type, const char *text,
                       struct strlist *value, struct err *err)
{
    scoped_free char *inner = trimmed (text);
    scoped_strlist struct strlist list = {0};

    if (strcmp (inner, "None") == 0)
        inner[0] = '\0';
    if (strip_brackets (inner, type == VALUE_MAP ? "{}" : "[]()") < 0 ||
        parse_entries (type, inner, &list) < 0)
        return err_set (err, 0, "'%s' is not a %s", text,
                        type == VALUE_MAP ? "map such as {\"a\": \"b\"}"
                                          : "list such as [\"a\", \"b\"]");
    strlist_free (value);
    *value = list;
    list = (struct strlist){0};
    return 0;
}

int config_value_parse (enum value_type type, const char *text, void *value,
                        struct err *err)
{
    switch (type) {
    case VALUE_STRING:
        return parse_string (text, value, err);
    case VALUE_BOOL:
        return parse_bool (text, value, err);
    case VALUE_INT:
        return parse_int (text, value, err);
    case VALUE_LIST:
    case VALUE_MAP:
        return parse_list (type, text, value, err);
    }
    return -1;
}

void config_value_set_string (void *value, const char *text)
{
    char **string = value;

    free (*string);
    *string = xstrdup (text);
}

void config_value_clear (enum value_type type, void *value)
{
    char **string = value;

    if (type == VALUE_LIST || type == VALUE_MAP)
        strlist_free (value);
    if (type != VALUE_STRING)
        return;
    free (*string);
    *string = NULL;
}

static void show_string (const char *text, size_t n, struct strbuf *out)
{
    strbuf_addc (out, '"');
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\n') {
            strbuf_adds (out, "\\n");
            continue;
        }
        if (text[i] == '"' || text[i] == '\\')
            strbuf_addc (out, '\\');
        strbuf_addc (out, text[i]);
    }
    strbuf_addc (out, '"');
}

static void show_entry (enum value_type type, const char *entry,
                        struct strbuf *out)
{
    size_t n = type == VALUE_MAP ? strcspn (entry, "=") : strlen (entry);

    show_string (entry, n, out);
    if (type == VALUE_LIST)
        return;
    strbuf_adds (out, ": ");
    show_string (entry + n + 1, strlen (entry + n + 1), out);
}

static void show_list (enum value_type type, const struct strlist *list,
                       struct strbuf *out)
{
    strbuf_addc (out, type == VALUE_MAP ? '{' : '[');
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0)
            strbuf_adds (out, ", ");
        show_entry (type, list->items[i], out);
    }
    strbuf_addc (out, type == VALUE_MAP ? '}' : ']');
}

void config_value_show (enum value_type type, const void *value,
                        struct strbuf *out)
{
    const char *text = NULL;

    switch (type) {
    case VALUE_STRING:
        text = *(char *const *)value;
        if (text)
            show_string (text, strlen (text), out);
        else
            strbuf_adds (out, "None");
        return;
    case VALUE_BOOL:
        strbuf_adds (out, *(const bool *)value ? "True" : "False");
        return;
    case VALUE_INT:
        strbuf_addf (out, "%ld", *(const long *)value);
        return;
    case VALUE_LIST:
    case VALUE_MAP:
        show_list (type, value, out);
        return;
    }
}
