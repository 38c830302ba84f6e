/* progress.c - how far long work has come, on a terminal only */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/io.h"
#include "store/progress.h"

enum {
    EVERY_MS = 200,
};

static long long now_ms (void)
{
    struct timespec now = {0};

    clock_gettime (CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// An error on stderr has nowhere to be told.
static void put (const char *text)
{
    if (io_write_all (STDERR_FILENO, text, strlen (text)) < 0)
        return;
}

static void draw (const struct progress *progress)
{
    char line[160];

    // what is left of a longer line goes with the escape sequence
    snprintf (line, sizeof (line),
              "\r%.60s: %zu of %zu layers, %.1f of %.1f MB\033[K",
              progress->what, progress->n_parts, progress->all_parts,
              (double)progress->n_bytes / 1e6,
              (double)progress->all_bytes / 1e6);
    put (line);
}

void progress_begin (struct progress *progress, const char *what, bool wanted)
{
    *progress = (struct progress){
        .what = what,
        .shown = wanted && isatty (STDERR_FILENO),
    };
}

void progress_add (struct progress *progress, long long n)
{
    progress->n_bytes += n;
    if (!progress->shown || now_ms () < progress->next_ms)
        return;
    progress->next_ms = now_ms () + EVERY_MS;
    draw (progress);
}

void progress_end (struct progress *progress)
{
    if (progress->shown && progress->next_ms > 0)
        put ("\r\033[K");
}
