/* err.c - an error value that needs no memory
 *
 * A message that does not fit is cut and ends in '+'.  Nothing here
 * allocates, prints or changes errno.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

static void mark_if_cut (struct err *err, size_t want)
{
    if (want >= sizeof (err->text))
        err->text[sizeof (err->text) - 2] = '+';
}

static size_t put_v (struct err *err, const char *fmt, va_list ap)
{
    int n = vsnprintf (err->text, sizeof (err->text), fmt, ap);

    return n < 0 ? 0 : (size_t)n;
}

static size_t put_more (struct err *err, size_t at, const char *sep,
                        const char *text)
{
    int n = 0;

    if (at < sizeof (err->text))
        n = snprintf (err->text + at, sizeof (err->text) - at, "%s%s", sep,
                      text);
    return at + (n < 0 ? 0 : (size_t)n);
}

int err_set (struct err *err, int code, const char *fmt, ...)
{
    int saved_errno = errno;
    va_list ap;
    size_t n;

    if (!err)
        return -1;
    err->code = code;
    va_start (ap, fmt);
    n = put_v (err, fmt, ap);
    va_end (ap);
    if (code != 0)
        n = put_more (err, n, ": ", strerror (code));
    mark_if_cut (err, n);
    errno = saved_errno;
    return -1;
}

int err_prefix (struct err *err, const char *fmt, ...)
{
    int saved_errno = errno;
    struct err inner;
    va_list ap;
    size_t n;

    if (!err)
        return -1;
    inner = *err;
    va_start (ap, fmt);
    n = put_v (err, fmt, ap);
    va_end (ap);
    mark_if_cut (err, put_more (err, n, ": ", inner.text));
    errno = saved_errno;
    return -1;
}

int err_hint (struct err *err, const char *fmt, ...)
{
    int saved_errno = errno;
    struct err hint = {0};
    va_list ap;
    size_t n;

    if (!err)
        return -1;
    va_start (ap, fmt);
    put_v (&hint, fmt, ap);
    va_end (ap);
    n = put_more (err, strlen (err->text), " (", hint.text);
    mark_if_cut (err, put_more (err, n, "", ")"));
    errno = saved_errno;
    return -1;
}
