#ifndef BASE_STRLIST_H
#define BASE_STRLIST_H

#include <stddef.h>

/* A vector of strings that it owns, NULL-terminated once it has an entry or
 * after strlist_items: argument vectors, environments, lists of paths.
 * {0} is an empty list.
 */
struct strlist {
    char **items; // n strings and a NULL; NULL while nothing was added
    size_t n;     // strings in use
    size_t size;  // slots allocated
};

#define scoped_strlist __attribute__ ((cleanup (strlist_free)))

void strlist_free (struct strlist *list);
void strlist_add (struct strlist *list, const char *text);
void strlist_addf (struct strlist *list, const char *fmt, ...)
    __attribute__ ((format (printf, 2, 3)));
/* Takes over 'text', which was allocated. */
void strlist_add_take (struct strlist *list, char *text);
/* Adds every string of a NULL-terminated vector (may be NULL). */
void strlist_add_all (struct strlist *list, char *const *items);
/* Removes entry 'i' and keeps the order of the others. */
void strlist_remove (struct strlist *list, size_t i);
/* The index of 'text', or -1. */
long strlist_find (const struct strlist *list, const char *text);
/* The vector for execve: never NULL, NULL-terminated, owned by the list. */
char **strlist_items (struct strlist *list);

/* The list as an environment of NAME=VALUE strings.  'get' returns the value
 * (valid until the list changes) or NULL; 'set' replaces an earlier value. */
const char *env_get (const struct strlist *env, const char *name);
void env_set (struct strlist *env, const char *name, const char *value);
void env_unset (struct strlist *env, const char *name);

#endif
