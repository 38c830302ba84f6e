/* tap.h - write test results in TAP, for prove(1) and automake's driver */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count;
static int tap_failed;

static inline void tap_ok (bool pass, const char *file, int line,
                           const char *what)
{
    printf ("%sok %d - %s\n", pass ? "" : "not ", ++tap_count, what);
    if (!pass) {
        tap_failed++;
        printf ("# failed at %s:%d\n", file, line);
    }
}

static inline int tap_done (void)
{
    printf ("1..%d\n", tap_count);
    return tap_failed ? 1 : 0;
}

#define ok(cond, what) tap_ok ((cond), __FILE__, __LINE__, (what))
#define is_str(got, want, what)                               \
    do {                                                      \
        const char *got_ = (got), *want_ = (want);            \
        ok (strcmp (got_, want_) == 0, (what));               \
        if (strcmp (got_, want_) != 0)                        \
            printf ("#  got: %s\n# want: %s\n", got_, want_); \
    } while (0)

#endif
