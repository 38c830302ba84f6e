#ifndef STORE_HTTP_H
#define STORE_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/scope.h"

// How to reach servers; the strings are borrowed and must outlive the client.
struct http_options {
    const char *proxy;      // as libcurl takes it; NULL: the environment's
    const char *user_agent; // NULL: ours
    bool insecure;          // accept any certificate
    long connect_timeout_s; // 0: libcurl's
};

/* Take 'n' bytes of the body of an answer.  -1 with 'err' ends the
 * transfer. */
typedef int (*http_body_f) (void *arg, const void *bytes, size_t n,
                            struct err *err);

/* One GET request and its answer.  Redirections and refusals are answers: what
 * they ask for is the business of the caller.  Only an answer of status 200
 * has its body handed on. */
struct http_transfer {
    // the request; borrowed until http_end
    const char *url;
    const char *accept; // header "Accept"; may be NULL
    const char *token;  // bearer token; may be NULL
    long timeout_s;     // for the whole transfer; 0: none
    http_body_f body;   // gets the body
    void *body_arg;     // its first argument
    // the answer; owned by the transfer until http_end
    long status;     // HTTP status; 0 when there is none
    char *redirect;  // absolute URL, when it redirects
    char *challenge; // parameters of "WWW-Authenticate: Bearer"
    char *digest;    // "Docker-Content-Digest"
    bool no_tls;     // the server may be one of plain http
    struct err err;  // with text when the transfer failed
    // private
    void *easy;            // CURL *
    void *headers;         // struct curl_slist *
    size_t n_header_bytes; // of the answer, so far
    char curl_text[256];   // libcurl's own words for an error
};

/* A client: connections that transfers share.  NULL with 'err'. */
struct http *http_create (const struct http_options *options, struct err *err);
void http_destroy (struct http *http); // takes NULL; after all http_end

DEFINE_SCOPED (http, struct http, http_destroy)
#define scoped_http __attribute__ ((cleanup (http_destroyp)))

/* Begin a transfer, which runs inside http_wait.  0, or -1 with 'err'. */
int http_start (struct http *http, struct http_transfer *transfer,
                struct err *err);

/* Run all transfers until one has ended, and return it: it has a status, or a
 * text in its 'err'.  NULL with 'err' when none is running. */
struct http_transfer *http_wait (struct http *http, struct err *err);

/* Stop the transfer if it is running, and free the answer; the request stays
 * as it is, so that it can be started again.  May be called twice. */
void http_end (struct http *http, struct http_transfer *transfer);

/* Whether both URLs have the same scheme, host and port, to the letter. */
bool http_same_origin (const char *a_url, const char *b_url);

/* Whether the host of 'url' is this machine by its loopback address. */
bool http_is_loopback (const char *url);

#endif
