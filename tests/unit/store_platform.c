/* Which image of an index is for this machine. */
#include <sys/utsname.h>

#include "store/platform.h"
#include "tests/tap.h"

static const struct {
    const char *text, *want; // NULL: refused
} texts[] = {
    {"linux/amd64", "linux/amd64"},
    {"linux/arm/v6", "linux/arm/v6"},
    {"arm64", "linux/arm64"},
    {"linux/aarch64", "linux/arm64"},
    {"x86_64", "linux/amd64"},
    {"armv7l", "linux/arm/v7"},
    {"windows/amd64", "windows/amd64"},
    {"linux/riscv64", "linux/riscv64"},
    {"", NULL},
    {"/", NULL},
    {"linux/", NULL},
    {"/amd64", NULL},
    {"linux/arm/v7/x", NULL},
    {"linux/arm/v7/", NULL},
    {"linux/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
    {"linux/arm/aaaaaaaaaaaaaaaa", NULL},
};

static const struct {
    const char *want, *have;
    int rank;
} ranks[] = {
    {"linux/amd64", "linux/amd64", 0},
    {"linux/amd64", "linux/amd64/v1", 0},
    {"linux/amd64", "linux/amd64/v3", -1},
    {"linux/amd64/v3", "linux/amd64/v3", 0},
    {"linux/amd64", "linux/386", -1},
    {"linux/amd64", "windows/amd64", -1},
    {"linux/arm64", "linux/arm64/v8", 0},
    {"linux/arm64", "linux/arm/v7", -1},
    {"linux/arm", "linux/arm/v7", 0},
    {"linux/arm/v7", "linux/arm", 0},
    {"linux/arm/v7", "linux/arm/v6", 1},
    {"linux/arm/v7", "linux/arm/v5", 2},
    {"linux/arm/v6", "linux/arm/v7", -1},
    {"linux/arm/v7", "linux/arm/x", -1},
};

static void test_texts (void)
{
    for (size_t i = 0; i < sizeof (texts) / sizeof (texts[0]); i++) {
        struct platform platform;
        struct err err = {0};
        char got[PLATFORM_TEXT_MAX] = "";
        int result = platform_parse (texts[i].text, &platform, &err);

        if (result == 0)
            platform_text (&platform, got);
        ok (result == (texts[i].want ? 0 : -1), texts[i].text);
        if (texts[i].want)
            is_str (got, texts[i].want, texts[i].text);
        else
            ok (strstr (err.text, "is no platform"), err.text);
    }
}

static void test_ranks (void)
{
    for (size_t i = 0; i < sizeof (ranks) / sizeof (ranks[0]); i++) {
        struct platform want, have;

        platform_parse (ranks[i].want, &want, NULL);
        platform_parse (ranks[i].have, &have, NULL);
        ok (platform_rank (&want, &have) == ranks[i].rank, ranks[i].have);
    }
}

static void test_host (void)
{
    struct platform host, same;
    struct utsname names;

    platform_host (&host);
    uname (&names);
    platform_parse (names.machine, &same, NULL);
    ok (platform_rank (&host, &same) == 0, "the host is what uname says");
}

int main (void)
{
    test_texts ();
    test_ranks ();
    test_host ();
    return tap_done ();
}
