#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* malloc and its family for programs: they never return NULL.  Lack of memory
 * ends the program with one line on stderr and exit status 125.  The caller
 * frees what they return. */
void *xmalloc (size_t size) __attribute__ ((malloc, returns_nonnull));
void *xcalloc (size_t n, size_t size) __attribute__ ((malloc, returns_nonnull));
void *xrealloc (void *ptr, size_t size) __attribute__ ((returns_nonnull));

/* Copies; xstrdup (NULL) is NULL. */
char *xstrdup (const char *text);
char *xstrndup (const char *text, size_t n)
    __attribute__ ((malloc, returns_nonnull));

/* A formatted string of its own. */
char *xasprintf (const char *fmt, ...)
    __attribute__ ((format (printf, 1, 2), malloc, returns_nonnull));
char *xvasprintf (const char *fmt, va_list ap)
    __attribute__ ((format (printf, 1, 0), malloc, returns_nonnull));

#endif
