/* http.c - GET requests, several at once, by libcurl's multi interface
 *
 * A client is made, transfers are started, and http_wait runs them all until
 * one ends.  Connections are kept and shared, HTTP/2 is used where it is
 * offered.  No redirection is followed here, so that the caller decides which
 * server gets a token; that does not depend on the version of libcurl then.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "store/http_impl.h"

enum {
    WAIT_MS = 1000,     // between looks at the timeouts
    IDLE_NS = 10000000, // when libcurl has nothing to wait for, but works
    STALL_S = 60,       // a transfer without a byte for so long is given up
};

struct http {
    CURLM *multi;
    struct http_options options;
};

struct http *http_create (const struct http_options *options, struct err *err)
{
    struct http *http;

    if (curl_global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return err_null (err, 0, "libcurl cannot be initialised");
    http = xcalloc (1, sizeof (*http));
    http->options = *options;
    http->multi = curl_multi_init ();
    if (!http->multi) {
        http_destroy (http);
        return err_null (err, 0, "libcurl cannot be initialised");
    }
    return http;
}

void http_destroy (struct http *http)
{
    if (!http)
        return;
    if (http->multi)
        curl_multi_cleanup (http->multi);
    free (http);
    curl_global_cleanup ();
}

static size_t on_header (char *bytes, size_t size, size_t n, void *arg)
{
    return http_header (arg, bytes, size * n) ? size * n : 0;
}

static size_t on_body (char *bytes, size_t size, size_t n, void *arg)
{
    struct http_transfer *transfer = arg;
    long status = 0;

    curl_easy_getinfo (transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
        return size * n;
    if (transfer->body (transfer->body_arg, bytes, size * n, &transfer->err) <
        0)
        return 0;
    return size * n;
}

static void set_protocols (CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt (easy, CURLOPT_PROTOCOLS,
                      (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static void set_headers (struct http_transfer *transfer)
{
    struct curl_slist *list = NULL;

    if (transfer->accept) {
        scoped_free char *line = xasprintf ("Accept: %s", transfer->accept);

        list = curl_slist_append (list, line);
    }
    if (transfer->token) {
        scoped_free char *line = xasprintf ("Authorization: Bearer %s",
                                            transfer->token);

        list = curl_slist_append (list, line);
    }
    transfer->headers = list;
    curl_easy_setopt (transfer->easy, CURLOPT_HTTPHEADER, list);
}

static void set_server (const struct http_options *options,
                        const struct http_transfer *transfer)
{
    CURL *easy = transfer->easy;

    curl_easy_setopt (easy, CURLOPT_URL, transfer->url);
    curl_easy_setopt (easy, CURLOPT_USERAGENT,
                      options->user_agent ? options->user_agent
                                          : "udocker/" PACKAGE_VERSION);
    if (options->proxy)
        curl_easy_setopt (easy, CURLOPT_PROXY, options->proxy);
    else if (http_is_loopback (transfer->url))
        curl_easy_setopt (easy, CURLOPT_NOPROXY, "*");
    // libcurl leaves this to programs
    if (getenv ("SSL_CERT_FILE"))
        curl_easy_setopt (easy, CURLOPT_CAINFO, getenv ("SSL_CERT_FILE"));
    if (options->insecure) {
        curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    set_protocols (easy);
}

static void set_limits (const struct http_options *options,
                        const struct http_transfer *transfer)
{
    CURL *easy = transfer->easy;

    curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT, options->connect_timeout_s);
    curl_easy_setopt (easy, CURLOPT_TIMEOUT, transfer->timeout_s);
    curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
}

static void set_callbacks (struct http_transfer *transfer)
{
    CURL *easy = transfer->easy;

    curl_easy_setopt (easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, transfer->curl_text);
    curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt (easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt (easy, CURLOPT_WRITEDATA, transfer);
}

int http_start (struct http *http, struct http_transfer *transfer,
                struct err *err)
{
    transfer->status = 0;
    transfer->no_tls = false;
    transfer->n_header_bytes = 0;
    transfer->err = (struct err){0};
    transfer->curl_text[0] = '\0';
    transfer->easy = curl_easy_init ();
    if (!transfer->easy)
        return err_set (err, 0, "libcurl has no memory for a transfer");
    set_server (&http->options, transfer);
    set_limits (&http->options, transfer);
    set_callbacks (transfer);
    set_headers (transfer);
    if (curl_multi_add_handle (http->multi, transfer->easy) != CURLM_OK) {
        http_end (http, transfer);
        return err_set (err, 0, "libcurl refuses a transfer");
    }
    return 0;
}

void http_end (struct http *http, struct http_transfer *transfer)
{
    if (transfer->easy) {
        curl_multi_remove_handle (http->multi, transfer->easy);
        curl_easy_cleanup (transfer->easy);
        transfer->easy = NULL;
    }
    curl_slist_free_all (transfer->headers);
    transfer->headers = NULL;
    free (ptr_take (&transfer->redirect));
    free (ptr_take (&transfer->challenge));
    free (ptr_take (&transfer->digest));
}

static void take_answer (struct http_transfer *transfer, CURLcode code)
{
    char *url = NULL;

    curl_easy_getinfo (transfer->easy, CURLINFO_RESPONSE_CODE,
                       &transfer->status);
    curl_easy_getinfo (transfer->easy, CURLINFO_REDIRECT_URL, &url);
    transfer->redirect = xstrdup (url);
    if (code != CURLE_OK)
        http_explain (transfer, code);
}

// A transfer that has ended since the last look, or NULL.
static struct http_transfer *take_ended (struct http *http)
{
    CURLMsg *message;
    int n_left;

    do
        message = curl_multi_info_read (http->multi, &n_left);
    while (message && message->msg != CURLMSG_DONE);
    if (!message)
        return NULL;

    CURLcode code = message->data.result;
    char *private = NULL;

    curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, &private);

    struct http_transfer *transfer = (void *)private;

    take_answer (transfer, code);
    curl_multi_remove_handle (http->multi, transfer->easy);
    return transfer;
}

static void wait_for_news (struct http *http)
{
    const struct timespec idle = {.tv_nsec = IDLE_NS};
    int n_fds = 0;

    // resolving a name has no descriptor to wait for
    if (curl_multi_wait (http->multi, NULL, 0, WAIT_MS, &n_fds) == CURLM_OK &&
        n_fds == 0)
        nanosleep (&idle, NULL);
}

struct http_transfer *http_wait (struct http *http, struct err *err)
{
    int n_running = 1;

    while (true) {
        struct http_transfer *transfer = take_ended (http);

        if (transfer)
            return transfer;
        if (n_running == 0)
            return err_null (err, 0, "no transfer is running");
        if (curl_multi_perform (http->multi, &n_running) != CURLM_OK)
            return err_null (err, 0, "libcurl cannot run a transfer");
        if (n_running > 0)
            wait_for_news (http);
    }
}
