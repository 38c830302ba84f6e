#ifndef STORE_PLATFORM_H
#define STORE_PLATFORM_H

#include "base/err.h"

/* What an image runs on, in the registries' words (Go's GOOS and GOARCH). */
struct platform {
    char os[32];      // "linux"
    char arch[32];    // "amd64", "arm64", "arm", …
    char variant[16]; // "v7"; "" when there is none to tell apart
};

/* The platform of this host, from uname. */
void platform_host (struct platform *platform);

/* Take "os/arch[/variant]" apart, or "arch" alone for linux; uname's words for
 * an architecture (x86_64, aarch64) are understood.  0, or -1 with 'err'. */
int platform_parse (const char *text, struct platform *platform,
                    struct err *err);

/* Fill one from the words of an image; NULL counts as "".  Words that are too
 * long are cut and then match nothing. */
void platform_set (struct platform *platform, const char *os, const char *arch,
                   const char *variant);

/* How well 'have' serves who wants 'want': 0 is best, higher is worse, -1 is
 * not at all.  An arm host runs what is for older ones. */
int platform_rank (const struct platform *want, const struct platform *have);

enum {
    PLATFORM_TEXT_MAX = 84, // bytes of "os/arch/variant" with its NUL
};
/* "os/arch" or "os/arch/variant"; 'text' has room for PLATFORM_TEXT_MAX. */
void platform_text (const struct platform *platform, char *text);

#endif
