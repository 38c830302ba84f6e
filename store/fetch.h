#ifndef STORE_FETCH_H
#define STORE_FETCH_H

#include "base/err.h"
#include "store/http.h"

// One registry, as those who fetch from it share it.
struct fetch_source {
    struct http *http;
    struct http_options options;
    char *url;         // "https://host:port[/prefix]", owned
    char *repository;  // "library/debian", owned
    char *token;       // bearer token for it, or NULL; owned, sent to no other
    unsigned n_tokens; // how many there have been
};

// One thing to fetch.
struct fetch {
    const char *url;  // borrowed
    const char *what; // for messages: "the manifest", "layer 'sha256:…'"
    const char *accept;
    long timeout_s;                           // 0: none
    http_body_f body;                         // gets the bytes
    int (*done) (void *arg, struct err *err); // all came; may be NULL
    void *arg;                                // for both
    // the outcome
    long status;      // HTTP status of the last answer, 0 when none came
    char digest[136]; // what the registry says of it; "" when nothing
    bool no_tls;      // no answer: the server may be one of plain http
    // private
    struct http_transfer transfer;
    char *at_url;      // where redirections have led; owned
    int n_redirects;   // followed so far
    unsigned n_tokens; // of the source when the transfer began
    bool has_renewed;  // the token, for this fetch
};

/* Fetch 'n' things, 'n_parallel' at a time, following redirections and getting
 * an anonymous token when the registry asks for one.  0 when all have come and
 * were taken; -1 with the 'err' of the first that failed, and the others
 * stopped. */
int fetch_all (struct fetch_source *source, struct fetch *fetches, size_t n,
               size_t n_parallel, struct err *err);

#endif
