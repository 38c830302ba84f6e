/* token.c - anonymous bearer tokens, as Docker Hub wants them even to pull
 *
 * A client of its own asks for them, so that a token can be renewed while
 * layers are on their way.  Tokens are written nowhere, into no message either.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "store/token.h"

enum {
    URL_MAX = 8 << 10, // bytes of a token server's URL
    TIMEOUT_S = 60,    // for its answer
    REDIRECTS_MAX = 5,
};

// The end of the value at 'at', and where it begins in '*value'.
static const char *skip_value (const char *at, const char **value)
{
    if (*at != '"') {
        *value = at;
        return at + strcspn (at, ", \t");
    }
    *value = ++at;
    while (*at && *at != '"')
        at += *at == '\\' && at[1] ? 2 : 1;
    return at;
}

static char *unquoted (const char *value, const char *end)
{
    char *text = xstrndup (value, (size_t)(end - value));
    char *to = text;

    for (const char *from = text; *from; from++) {
        if (*from == '\\' && from[1])
            from++;
        *to++ = *from;
    }
    *to = '\0';
    return text;
}

char *token_parameter (const char *challenge, const char *name)
{
    const char *at = challenge;

    while (*at) {
        const char *value, *end;
        size_t n;

        at += strspn (at, ", \t\"");
        n = strcspn (at, "=");
        if (!at[n])
            return NULL;
        end = skip_value (at + n + 1, &value);
        if (n == strlen (name) && strncasecmp (at, name, n) == 0)
            return unquoted (value, end);
        at = end;
    }
    return NULL;
}

static void add_escaped (struct strbuf *url, const char *name,
                         const char *value)
{
    strbuf_addf (url, "%c%s=", strchr (url->text, '?') ? '&' : '?', name);
    for (const char *c = value; *c; c++) {
        if (isascii ((unsigned char)*c) &&
            (isalnum ((unsigned char)*c) || strchr ("-._~:/", *c)))
            strbuf_addc (url, *c);
        else
            strbuf_addf (url, "%%%02X", (unsigned char)*c);
    }
}

char *token_url (const char *challenge, const char *repository, struct err *err)
{
    scoped_free char *realm = token_parameter (challenge, "realm");
    scoped_free char *service = token_parameter (challenge, "service");
    scoped_free char *scope = token_parameter (challenge, "scope");
    scoped_strbuf struct strbuf url;

    strbuf_init (&url, URL_MAX);
    if (!realm || (strncasecmp (realm, "https://", 8) != 0 &&
                   strncasecmp (realm, "http://", 7) != 0))
        return err_null (err, 0,
                         "it wants a token of '%.80s', which is no "
                         "server",
                         realm ? realm : "");
    if (!scope)
        scope = xasprintf ("repository:%s:pull", repository);
    strbuf_adds (&url, realm);
    if (service)
        add_escaped (&url, "service", service);
    add_escaped (&url, "scope", scope);
    if (url.cut)
        return err_null (err, 0,
                         "the name of its token server is longer than "
                         "%d bytes",
                         URL_MAX);
    return strbuf_detach (&url);
}

static int take_body (void *arg, const void *bytes, size_t n, struct err *err)
{
    struct strbuf *body = arg;

    strbuf_add (body, bytes, n);
    if (body->cut)
        return err_set (err, 0,
                        "a token server's answer is larger than %d "
                        "bytes",
                        TOKEN_MAX_BYTES);
    return 0;
}

// A token becomes part of a header line.
static char *take_token (const struct strbuf *body, struct err *err)
{
    scoped_json json_t *json = json_from_text (
        body->text, body->len, "the token server's answer", err);
    const char *token = json_member_str (json, "token");

    if (!json)
        return NULL;
    if (!token)
        token = json_member_str (json, "access_token");
    if (!token || !token[0])
        return err_null (err, 0, "the token server's answer has no token");
    for (const char *c = token; *c; c++) {
        if (!isgraph ((unsigned char)*c))
            return err_null (err, 0,
                             "the token server's answer has a "
                             "malformed token");
    }
    return xstrdup (token);
}

static int downgrades (const char *from_url, const char *to_url)
{
    return strncasecmp (from_url, "https://", 8) == 0 &&
           strncasecmp (to_url, "https://", 8) != 0;
}

// Follow redirections, up to the status of the last answer or -1.
static long ask (struct http *http, char *url, struct strbuf *body,
                 struct err *err)
{
    struct http_transfer transfer = {
        .timeout_s = TIMEOUT_S, .body = take_body, .body_arg = body};
    scoped_free char *at = xstrdup (url);
    long result = -1;

    for (int i = 0; i <= REDIRECTS_MAX; i++) {
        transfer.url = at;
        if (http_start (http, &transfer, err) < 0 || !http_wait (http, err))
            break;
        result = transfer.status;
        if (transfer.err.text[0]) {
            *err = transfer.err;
            result = -1;
        }
        if (result < 300 || !transfer.redirect ||
            downgrades (at, transfer.redirect))
            break;
        free (at);
        at = ptr_take (&transfer.redirect);
        http_end (http, &transfer);
    }
    http_end (http, &transfer);
    return result;
}

char *token_get (const struct http_options *options, const char *challenge,
                 const char *registry_url, const char *repository,
                 struct err *err)
{
    scoped_http struct http *http = http_create (options, err);
    scoped_free char *url = token_url (challenge, repository, err);
    scoped_strbuf struct strbuf body;
    long status;

    strbuf_init (&body, TOKEN_MAX_BYTES);
    if (!http || !url)
        return NULL;
    if (downgrades (registry_url, url) && !options->insecure)
        return err_null (err, 0,
                         "it wants a token of '%.80s' without "
                         "encryption (--insecure permits it)",
                         url);
    status = ask (http, url, &body, err);
    if (status < 0)
        return NULL;
    if (status != 200)
        return err_null (err, 0,
                         "its token server refuses an anonymous token "
                         "(HTTP status %ld); the image may not exist or need "
                         "a login",
                         status);
    return take_token (&body, err);
}
