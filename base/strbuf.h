#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A growing string with a limit.  Invariants: 'text' is always a valid,
 * NUL-terminated string (never NULL after strbuf_init), 'len' is its length.
 * Once an addition would pass 'max', the buffer keeps what it has, 'cut' is
 * set, and every later addition is ignored: callers check once, at the end.
 */
struct strbuf {
    char *text;  // owned by the buffer until strbuf_detach
    size_t len;  // bytes in use, without the NUL
    size_t size; // bytes allocated
    size_t max;  // largest 'len' allowed
    bool cut;    // something did not fit
};

#define scoped_strbuf __attribute__ ((cleanup (strbuf_free)))

/* Make an empty buffer that may hold at most 'max' bytes. */
void strbuf_init (struct strbuf *buf, size_t max);
void strbuf_free (struct strbuf *buf);

void strbuf_add (struct strbuf *buf, const void *bytes, size_t n);
void strbuf_adds (struct strbuf *buf, const char *text);
void strbuf_addc (struct strbuf *buf, char c);
void strbuf_addf (struct strbuf *buf, const char *fmt, ...)
    __attribute__ ((format (printf, 2, 3)));
void strbuf_reset (struct strbuf *buf);

/* The text as a string of its own, which the caller frees; the buffer is
 * empty afterwards. */
char *strbuf_detach (struct strbuf *buf);

#endif
