/* strbuf.c - a growing string that knows how large it may get */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/strbuf.h"

static void make_room (struct strbuf *buf, size_t len)
{
    size_t size = buf->size;

    if (len < size)
        return;
    while (size <= len)
        size = size < 64 ? 64 : size * 2;
    buf->text = xrealloc (buf->text, size);
    buf->size = size;
}

void strbuf_init (struct strbuf *buf, size_t max)
{
    *buf = (struct strbuf){.max = max};
    make_room (buf, 0);
    buf->text[0] = '\0';
}

void strbuf_free (struct strbuf *buf)
{
    ptr_freep (&buf->text);
    *buf = (struct strbuf){0};
}

void strbuf_add (struct strbuf *buf, const void *bytes, size_t n)
{
    if (buf->cut)
        return;
    if (n > buf->max - buf->len) {
        buf->cut = true;
        return;
    }
    make_room (buf, buf->len + n);
    memcpy (buf->text + buf->len, bytes, n);
    buf->len += n;
    buf->text[buf->len] = '\0';
}

void strbuf_adds (struct strbuf *buf, const char *text)
{
    strbuf_add (buf, text, strlen (text));
}

void strbuf_addc (struct strbuf *buf, char c)
{
    strbuf_add (buf, &c, 1);
}

void strbuf_addf (struct strbuf *buf, const char *fmt, ...)
{
    scoped_free char *text = NULL;
    va_list ap;

    va_start (ap, fmt);
    text = xvasprintf (fmt, ap);
    va_end (ap);
    strbuf_adds (buf, text);
}

void strbuf_reset (struct strbuf *buf)
{
    buf->len = 0;
    buf->cut = false;
    buf->text[0] = '\0';
}

char *strbuf_detach (struct strbuf *buf)
{
    char *text = buf->text;
    size_t max = buf->max;

    strbuf_init (buf, max);
    return text;
}
