/* platform.c - which of an image's variants runs here
 *
 * The rules are those of Docker: no variant means v8 on arm64, v7 on arm and
 * v1 on amd64, and a newer arm runs what was made for an older one.  What was
 * made for amd64 v2 and up is taken only when asked for by its name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "store/platform.h"

// uname's words in Go's; the first that fits.
static const struct {
    const char *machine, *arch, *variant;
} machines[] = {
    {"x86_64", "amd64", ""},
    {"i386", "386", ""},
    {"i486", "386", ""},
    {"i586", "386", ""},
    {"i686", "386", ""},
    {"aarch64", "arm64", ""},
    {"armv8l", "arm", "v7"},
    {"armv7l", "arm", "v7"},
    {"armv6l", "arm", "v6"},
    {"armv5tel", "arm", "v5"},
    {"loongarch64", "loong64", ""},
};

// The variant that is meant when none is told.
static const struct {
    const char *arch, *variant;
} defaults[] = {{"amd64", "v1"}, {"arm64", "v8"}, {"arm", "v7"}};

void platform_set (struct platform *platform, const char *os, const char *arch,
                   const char *variant)
{
    snprintf (platform->os, sizeof (platform->os), "%s", os ? os : "");
    snprintf (platform->arch, sizeof (platform->arch), "%s", arch ? arch : "");
    snprintf (platform->variant, sizeof (platform->variant), "%s",
              variant ? variant : "");
}

static void set_machine (struct platform *platform, const char *os,
                         const char *machine, const char *variant)
{
    for (size_t i = 0; i < sizeof (machines) / sizeof (machines[0]); i++) {
        if (strcmp (machine, machines[i].machine) == 0) {
            platform_set (platform, os, machines[i].arch,
                          variant ? variant : machines[i].variant);
            return;
        }
    }
    platform_set (platform, os, machine, variant);
}

void platform_host (struct platform *platform)
{
    struct utsname names;

    if (uname (&names) < 0)
        names.machine[0] = '\0';
    set_machine (platform, "linux", names.machine, NULL);
}

int platform_parse (const char *text, struct platform *platform,
                    struct err *err)
{
    char part[3][32] = {"", "", ""};
    size_t n_parts = 0;
    const char *at = text;

    while (n_parts < 3) {
        size_t n = strcspn (at, "/");

        if (n == 0 || n > (n_parts < 2 ? 31 : 15))
            break;
        snprintf (part[n_parts++], sizeof (part[0]), "%.*s", (int)n, at);
        if (!at[n]) {
            const char *variant = n_parts == 3 ? part[2] : NULL;

            set_machine (platform, n_parts == 1 ? "linux" : part[0],
                         n_parts == 1 ? part[0] : part[1], variant);
            return 0;
        }
        at += n + 1;
    }
    return err_set (err, 0,
                    "'%s' is no platform (say os/arch or "
                    "os/arch/variant, as in linux/arm64)",
                    text);
}

static const char *full_variant (const struct platform *platform)
{
    for (size_t i = 0; i < sizeof (defaults) / sizeof (defaults[0]); i++) {
        if (!platform->variant[0] &&
            strcmp (platform->arch, defaults[i].arch) == 0)
            return defaults[i].variant;
    }
    return platform->variant;
}

int platform_rank (const struct platform *want, const struct platform *have)
{
    const char *want_variant = full_variant (want);
    const char *have_variant = full_variant (have);
    long newer;

    if (strcmp (want->os, have->os) != 0 ||
        strcmp (want->arch, have->arch) != 0)
        return -1;
    if (strcmp (want_variant, have_variant) == 0)
        return 0;
    if (strcmp (want->arch, "arm") != 0 || want_variant[0] != 'v' ||
        have_variant[0] != 'v')
        return -1;
    newer = strtol (want_variant + 1, NULL, 10) -
            strtol (have_variant + 1, NULL, 10);
    return newer > 0 && newer < 4 ? (int)newer : -1;
}

void platform_text (const struct platform *platform, char *text)
{
    snprintf (text, PLATFORM_TEXT_MAX, "%s/%s%s%s", platform->os,
              platform->arch, platform->variant[0] ? "/" : "",
              platform->variant);
}
