/* Challenges of registries, and the tokens that answer them. */
#include <stdlib.h>

#include "base/scope.h"
#include "store/http.h"
#include "store/token.h"
#include "tests/tap.h"

#define HUB                                                            \
    "realm=\"https://auth.docker.io/token\",service=\"registry.docker" \
    ".io\",scope=\"repository:library/debian:pull\""

static const struct {
    const char *challenge, *name, *want; // NULL: there is none
} parameters[] = {
    {HUB, "realm", "https://auth.docker.io/token"},
    {HUB, "service", "registry.docker.io"},
    {HUB, "SCOPE", "repository:library/debian:pull"},
    {HUB, "error", NULL},
    {"realm=a, service=b", "service", "b"},
    {"realm=a service=b", "service", "b"},
    {"realm=\"a,service=x\",service=\"b\"", "service", "b"},
    {"realm=\"a\\\"b\"", "realm", "a\"b"},
    {"realm=\"a", "realm", "a"},
    {"realm=\"a\\", "realm", "a\\"},
    {"realm=", "realm", ""},
    {"realm", "realm", NULL},
    {"", "realm", NULL},
    {",,,", "realm", NULL},
    {"=", "realm", NULL},
    {"=\"", "realm", NULL},
};

static const struct {
    const char *challenge, *want; // NULL: refused
} urls[] = {
    {HUB, "https://auth.docker.io/token?service=registry.docker.io"
          "&scope=repository:library/debian:pull"},
    {"realm=\"http://a/t?x=1\"", "http://a/t?x=1&scope=repository:a/b:pull"},
    {"realm=\"https://a\",service=\"x&y=\x80 #\"",
     "https://a?service=x%26y%3D%80%20%23&scope=repository:a/b:pull"},
    {"realm=\"file:///etc/passwd\"", NULL},
    {"service=x", NULL},
};

static const struct {
    const char *a, *b;
    bool same;
} origins[] = {
    {"https://a/x", "https://a/y", true},
    {"https://a/x", "https://A", true},
    {"https://a:5000/x", "https://a:5000/", true},
    {"https://a/x", "http://a/x", false},
    {"https://a/x", "https://a:444/x", false},
    {"https://a/x", "https://a.b/x", false},
    {"https://a/x", "https://a@b/x", false},
    {"https://a/x", "https://b?https://a/x", false},
    {"", "", false},
};

static const struct {
    const char *url;
    bool is;
} loopbacks[] = {
    {"https://localhost:5000/x", true}, {"http://127.0.0.1", true},
    {"http://127.1.2.3:1", true},       {"https://[::1]:5000", true},
    {"https://127.evil.org", false},    {"https://localhost.evil.org", false},
    {"https://[::12]", false},          {"https://10.0.0.1", false},
};

static bool same (const char *got, const char *want)
{
    return got && want ? strcmp (got, want) == 0 : got == want;
}

int main (void)
{
    for (size_t i = 0; i < sizeof (parameters) / sizeof (parameters[0]); i++) {
        scoped_free char *got = token_parameter (parameters[i].challenge,
                                                 parameters[i].name);

        ok (same (got, parameters[i].want), parameters[i].challenge);
    }
    for (size_t i = 0; i < sizeof (urls) / sizeof (urls[0]); i++) {
        struct err err = {0};
        scoped_free char *got = token_url (urls[i].challenge, "a/b", &err);

        ok (same (got, urls[i].want), urls[i].want ? urls[i].want : err.text);
    }
    for (size_t i = 0; i < sizeof (origins) / sizeof (origins[0]); i++)
        ok (http_same_origin (origins[i].a, origins[i].b) == origins[i].same,
            origins[i].b);
    for (size_t i = 0; i < sizeof (loopbacks) / sizeof (loopbacks[0]); i++)
        ok (http_is_loopback (loopbacks[i].url) == loopbacks[i].is,
            loopbacks[i].url);
    return tap_done ();
}
