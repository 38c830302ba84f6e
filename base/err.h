#ifndef BASE_ERR_H
#define BASE_ERR_H

/* One error, as a function hands it to its caller.  Lives on the caller's
 * stack: filling it never allocates, so it works after fork and when memory
 * is gone.
 */
struct err {
    int code;       // errno value, or 0 when no system call failed
    char text[512]; // one line, no prefix, no newline; ends in '+' if cut
};

/* Fill 'err' (may be NULL) with the message and, when 'code' is not 0, with
 * ": " and its strerror text.  errno is not changed.  Always returns -1, so
 * that a failing function can end with 'return err_set (...)'.
 */
int err_set (struct err *err, int code, const char *fmt, ...)
    __attribute__ ((format (printf, 3, 4), cold));

/* Put "<message>: " before the text that 'err' already has.  Always returns
 * -1. */
int err_prefix (struct err *err, const char *fmt, ...)
    __attribute__ ((format (printf, 2, 3), cold));

/* Put " (<message>)" after the text that 'err' already has: the place for a
 * remedy.  Always returns -1. */
int err_hint (struct err *err, const char *fmt, ...)
    __attribute__ ((format (printf, 2, 3), cold));

/* The NULL of functions that return a pointer: 'return err_null (err, ...)'. */
#define err_null(...) (err_set (__VA_ARGS__), NULL)

#endif
