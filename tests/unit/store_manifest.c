/* Manifests and indexes, and what is refused of them. */
#include "base/json.h"
#include "store/manifest.h"
#include "tests/tap.h"

// The kinds of documents are tested with a registry; here is the choice.
#define ENTRY(hex, platform)                                      \
    "{\"digest\":\"sha256:" hex hex hex hex hex hex hex hex "\"," \
    "\"size\":7" platform "}"
#define PLATFORM(os, arch, variant)                             \
    ",\"platform\":{\"os\":\"" os "\",\"architecture\":\"" arch \
    "\",\"variant\":\"" variant "\"}"

#define A "aaaaaaaa"
#define B "bbbbbbbb"
#define C "cccccccc"
#define INDEX(entries) "{\"manifests\":[" entries "]}"

static const struct {
    const char *index, *platform;
    char want;         // first digit of the digest that is chosen; or 0
    const char *error; // when none is
} choices[] = {
    {INDEX (ENTRY (A, PLATFORM ("linux", "arm64", "")) "," ENTRY (
         B, PLATFORM ("linux", "amd64", ""))),
     "linux/amd64", 'b', NULL},
    {INDEX (ENTRY (A, PLATFORM ("linux", "arm", "v5")) "," ENTRY (
         B, PLATFORM ("linux", "arm",
                      "v7")) "," ENTRY (C, PLATFORM ("linux", "arm", "v6"))),
     "linux/arm/v6", 'c', NULL},
    {INDEX (ENTRY (A, PLATFORM ("linux", "arm", "v5")) "," ENTRY (
         B, PLATFORM ("linux", "arm", "v6"))),
     "linux/arm/v7", 'b', NULL},
    {INDEX (ENTRY (A, "") "," ENTRY (B, PLATFORM ("linux", "amd64", ""))),
     "linux/amd64", 'b', NULL},
    {INDEX (ENTRY (A, "") "," ENTRY (B, PLATFORM ("linux", "arm64", ""))),
     "linux/amd64", 'a', NULL},
    {INDEX (ENTRY (A, PLATFORM ("linux", "amd64", "")) "," ENTRY (
         B, PLATFORM ("linux", "amd64", ""))),
     "linux/amd64", 'a', NULL},
    {INDEX (ENTRY (A, PLATFORM ("linux", "arm64", "v8")) "," ENTRY (
         B, PLATFORM ("unknown", "unknown", ""))),
     "linux/amd64", 0,
     "it is not for platform 'linux/amd64' but for linux/arm64/v8"},
    {INDEX ("3"), "linux/amd64", 0,
     "its manifest has no valid digest of a "
     "manifest"},
};

static void test_choice (size_t i)
{
    scoped_json json_t *json = json_from_text (
        choices[i].index, strlen (choices[i].index), "index", NULL);
    struct descriptor chosen = {.digest = "sha256:?"};
    struct platform platform;
    struct err err = {0};
    int result;

    platform_parse (choices[i].platform, &platform, NULL);
    ok (json && manifest_is_index (json), "is an index");
    result = manifest_choose (json, &platform, &chosen, &err);
    ok (result == (choices[i].want ? 0 : -1), "chosen, or not");
    if (choices[i].want)
        ok (chosen.digest[7] == choices[i].want && chosen.bytes == 7,
            chosen.digest);
    else
        is_str (err.text, choices[i].error, "names what there is");
}

int main (void)
{
    for (size_t i = 0; i < sizeof (choices) / sizeof (choices[0]); i++)
        test_choice (i);
    return tap_done ();
}
