/* strlist.c - vectors of strings, and environments kept in them */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/strlist.h"

void strlist_free (struct strlist *list)
{
    for (size_t i = 0; i < list->n; i++)
        free (list->items[i]);
    ptr_freep (&list->items);
    *list = (struct strlist){0};
}

static void make_room (struct strlist *list, size_t n)
{
    if (n + 1 <= list->size)
        return;
    list->size = n + 1 < 16 ? 16 : 2 * (n + 1);
    list->items = xrealloc (list->items, list->size * sizeof (char *));
}

void strlist_add_take (struct strlist *list, char *text)
{
    make_room (list, list->n + 1);
    list->items[list->n++] = text;
    list->items[list->n] = NULL;
}

void strlist_add (struct strlist *list, const char *text)
{
    strlist_add_take (list, xstrdup (text));
}

void strlist_addf (struct strlist *list, const char *fmt, ...)
{
    va_list ap;

    va_start (ap, fmt);
    strlist_add_take (list, xvasprintf (fmt, ap));
    va_end (ap);
}

void strlist_add_all (struct strlist *list, char *const *items)
{
    for (size_t i = 0; items && items[i]; i++)
        strlist_add (list, items[i]);
}

void strlist_remove (struct strlist *list, size_t i)
{
    free (list->items[i]);
    memmove (&list->items[i], &list->items[i + 1],
             (list->n - i) * sizeof (char *));
    list->n--;
}

long strlist_find (const struct strlist *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp (list->items[i], text) == 0)
            return (long)i;
    return -1;
}

char **strlist_items (struct strlist *list)
{
    make_room (list, list->n);
    list->items[list->n] = NULL;
    return list->items;
}

static long env_index (const struct strlist *env, const char *name)
{
    size_t len = strlen (name);

    for (size_t i = 0; i < env->n; i++)
        if (strncmp (env->items[i], name, len) == 0 &&
            env->items[i][len] == '=')
            return (long)i;
    return -1;
}

const char *env_get (const struct strlist *env, const char *name)
{
    long i = env_index (env, name);

    return i < 0 ? NULL : env->items[i] + strlen (name) + 1;
}

void env_set (struct strlist *env, const char *name, const char *value)
{
    long i = env_index (env, name);

    if (i < 0) {
        strlist_addf (env, "%s=%s", name, value);
        return;
    }
    free (env->items[i]);
    env->items[i] = xasprintf ("%s=%s", name, value);
}

void env_unset (struct strlist *env, const char *name)
{
    long i = env_index (env, name);

    if (i >= 0)
        strlist_remove (env, (size_t)i);
}
