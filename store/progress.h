#ifndef STORE_PROGRESS_H
#define STORE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* One line on stderr that tells how far long work has come.  On anything but
 * a terminal nothing is written. */
struct progress {
    const char *what;    // borrowed: "debian:12"
    long long all_bytes; // of the work, 0 when not known
    long long n_bytes;   // done
    size_t all_parts;    // layers
    size_t n_parts;      // done
    bool shown;          // is on
    long long next_ms;   // earliest time of the next drawing
};

/* 'wanted' is whether the user wants one at all. */
void progress_begin (struct progress *progress, const char *what, bool wanted);
/* Count 'n' bytes more; draws a few times a second. */
void progress_add (struct progress *progress, long long n);
void progress_end (struct progress *progress); // clears the line

#endif
