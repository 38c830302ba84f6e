/* mem.c - allocation that cannot fail: the one place where a library call may
 * end the program */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/mem.h"

__attribute__ ((noreturn, cold)) static void out_of_memory (void)
{
    static const char text[] = "udocker: out of memory\n";
    ssize_t ignored = write (STDERR_FILENO, text, sizeof (text) - 1);

    (void)ignored;
    _exit (EXIT_OWN_FAILURE);
}

void *xmalloc (size_t size)
{
    void *ptr = malloc (size ? size : 1);

    if (!ptr)
        out_of_memory ();
    return ptr;
}

void *xcalloc (size_t n, size_t size)
{
    void *ptr = calloc (n ? n : 1, size ? size : 1);

    if (!ptr)
        out_of_memory ();
    return ptr;
}

void *xrealloc (void *ptr, size_t size)
{
    void *moved = realloc (ptr, size ? size : 1);

    if (!moved)
        out_of_memory ();
    return moved;
}

char *xstrdup (const char *text)
{
    return text ? xstrndup (text, strlen (text)) : NULL;
}

char *xstrndup (const char *text, size_t n)
{
    size_t len = strnlen (text, n);
    char *copy = xmalloc (len + 1);

    memcpy (copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *xvasprintf (const char *fmt, va_list ap)
{
    char *text = NULL;

    if (vasprintf (&text, fmt, ap) < 0)
        out_of_memory ();
    return text;
}

char *xasprintf (const char *fmt, ...)
{
    va_list ap;
    char *text;

    va_start (ap, fmt);
    text = xvasprintf (fmt, ap);
    va_end (ap);
    return text;
}
