/* http_text.c - what URLs and header lines say, and errors in our own words */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "store/http_impl.h"

enum {
    HEADERS_MAX = 64 << 10, // bytes of all header lines of an answer
};

// Length of "scheme://host:port" in 'url'.
static size_t origin_length (const char *url)
{
    const char *host = strstr (url, "://");

    return host ? (size_t)(host - url) + 3 + strcspn (host + 3, "/?#") : 0;
}

bool http_same_origin (const char *a_url, const char *b_url)
{
    size_t n = origin_length (a_url);

    return n > 0 && n == origin_length (b_url) &&
           strncasecmp (a_url, b_url, n) == 0;
}

bool http_is_loopback (const char *url)
{
    const char *host = strstr (url, "://");
    size_t n;

    host = host ? host + 3 : url;
    if (strncmp (host, "[::1]", 5) == 0)
        return true;
    n = strcspn (host, ":/?#");
    if (n == 9 && strncasecmp (host, "localhost", 9) == 0)
        return true;
    // an address, not a host's name that begins like one
    return strncmp (host, "127.", 4) == 0 && strspn (host, "0123456789.") == n;
}

/* If the line is header 'name', the value: a copy without blanks around it. */
static char *header_value (const char *line, size_t n, const char *name)
{
    size_t n_name = strlen (name);

    if (n <= n_name || line[n_name] != ':' ||
        strncasecmp (line, name, n_name) != 0)
        return NULL;
    line += n_name + 1;
    n -= n_name + 1;
    while (n > 0 && isspace ((unsigned char)line[0])) {
        line++;
        n--;
    }
    while (n > 0 && isspace ((unsigned char)line[n - 1]))
        n--;
    return xstrndup (line, n);
}

static void keep (char **place, char *value)
{
    if (!value)
        return;
    free (*place);
    *place = value;
}

bool http_header (struct http_transfer *transfer, const char *line, size_t n)
{
    scoped_free char *challenge = NULL;

    transfer->n_header_bytes += n;
    if (transfer->n_header_bytes > HEADERS_MAX) {
        err_set (&transfer->err, 0,
                 "'%s' answers with more than %d bytes of header",
                 transfer->url, HEADERS_MAX);
        return false;
    }
    keep (&transfer->digest, header_value (line, n, "Docker-Content-Digest"));
    challenge = header_value (line, n, "WWW-Authenticate");
    if (challenge && strncasecmp (challenge, "Bearer ", 7) == 0)
        keep (&transfer->challenge, xstrdup (challenge + 7));
    return true;
}

// What is known of the server when no answer came.
enum reach {
    REACHED,     // it, or something in its place, does not serve plain http
    MAY_BE_HTTP, // it may be a server of plain http
};

// Our words for libcurl's codes, around the name of the server.
static const struct {
    CURLcode code;
    enum reach reach;
    const char *before;
    const char *after;
    const char *hint; // may be NULL
} explanations[] = {
    {CURLE_COULDNT_RESOLVE_HOST, REACHED, "the name of ", " is not known",
     "check the name, and whether a proxy is needed"},
    {CURLE_COULDNT_RESOLVE_PROXY, REACHED, "the name of the proxy for ",
     " is not known", NULL},
    {CURLE_COULDNT_CONNECT, MAY_BE_HTTP, "cannot connect to ", "", NULL},
    {CURLE_OPERATION_TIMEDOUT, REACHED, "", " does not answer in time", NULL},
    {CURLE_PARTIAL_FILE, REACHED, "the connection to ",
     " was cut in the middle", "try again"},
    {CURLE_RECV_ERROR, MAY_BE_HTTP, "the connection to ", " was cut",
     "try again"},
    {CURLE_SEND_ERROR, MAY_BE_HTTP, "the connection to ", " was cut",
     "try again"},
    {CURLE_GOT_NOTHING, MAY_BE_HTTP, "", " gave no answer", NULL},
    {CURLE_SSL_CONNECT_ERROR, MAY_BE_HTTP, "no secure connection to ",
     " is possible", "--insecure permits plain http"},
    {CURLE_PEER_FAILED_VERIFICATION, REACHED, "the certificate of ",
     " cannot be trusted",
     "SSL_CERT_FILE may name a list of authorities that has its issuer; "
     "--insecure accepts any"},
    {CURLE_SSL_CACERT_BADFILE, REACHED,
     "the list of certificate authorities cannot be read for ", "",
     "see SSL_CERT_FILE"},
    {CURLE_URL_MALFORMAT, REACHED, "", " is no address of a server", NULL},
    {CURLE_UNSUPPORTED_PROTOCOL, REACHED, "", " is not of http or https", NULL},
};

void http_explain (struct http_transfer *transfer, CURLcode code)
{
    int n = (int)origin_length (transfer->url);
    const char *words = transfer->curl_text[0] ? transfer->curl_text
                                               : curl_easy_strerror (code);
    const size_t n_all = sizeof (explanations) / sizeof (explanations[0]);

    if (transfer->err.text[0])
        return;
    err_set (&transfer->err, 0, "'%.*s': %s", n, transfer->url, words);
    for (size_t i = 0; i < n_all; i++) {
        if (explanations[i].code != code)
            continue;
        transfer->no_tls = explanations[i].reach == MAY_BE_HTTP;
        err_set (&transfer->err, 0, "%s'%.*s'%s: %s", explanations[i].before, n,
                 transfer->url, explanations[i].after, words);
        if (explanations[i].hint)
            err_hint (&transfer->err, "%s", explanations[i].hint);
    }
}
