/* fetch.c - things from a registry: redirections, tokens, refusals
 *
 * Each fetch is a sequence of transfers: ask, be told to bring a token, ask
 * again, be sent to another server, receive.  A token goes to the registry
 * alone: a redirection to another origin is followed without it.
 */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "store/fetch.h"
#include "store/token.h"

enum {
    REDIRECTS_MAX = 10,
};

enum next {
    NEXT_FAIL = -1,
    NEXT_DONE,
    NEXT_AGAIN, // the fetch was changed and must be started again
};

static int start (struct fetch_source *source, struct fetch *fetch,
                  struct err *err)
{
    struct http_transfer *transfer = &fetch->transfer;

    fetch->n_tokens = source->n_tokens;
    transfer->url = fetch->at_url;
    transfer->accept = fetch->accept;
    transfer->timeout_s = fetch->timeout_s;
    transfer->body = fetch->body;
    transfer->body_arg = fetch->arg;
    transfer->token = http_same_origin (fetch->at_url, source->url)
                          ? source->token
                          : NULL;
    return http_start (source->http, transfer, err);
}

// A refusal in words.
static int refused (const struct fetch_source *source,
                    const struct fetch *fetch, struct err *err)
{
    const char *what = fetch->what, *url = source->url;

    switch (fetch->status) {
    case 401:
        return err_set (err, 0,
                        "registry '%s' does not give %s to anonymous "
                        "users (it may not exist, or need a login)",
                        url, what);
    case 403:
        return err_set (err, 0, "registry '%s' denies access to %s", url, what);
    case 404:
        return err_set (err, 0, "registry '%s' does not have %s%s", url, what,
                        fetch->accept ? " (check the name and the tag)" : "");
    case 429:
        return err_set (err, 0,
                        "registry '%s' has been asked too often (try "
                        "again later)",
                        url);
    default:
        return err_set (err, 0,
                        "registry '%s' answers with HTTP status %ld "
                        "for %s%s",
                        url, fetch->status, what,
                        fetch->status >= 500 ? " (try again later)" : "");
    }
}

static enum next redirect (const struct fetch_source *source,
                           struct fetch *fetch, struct err *err)
{
    char *to_url = fetch->transfer.redirect;

    if (++fetch->n_redirects > REDIRECTS_MAX)
        return err_set (err, 0, "more than %d redirections for %s",
                        REDIRECTS_MAX, fetch->what);
    if (strncasecmp (to_url, "https://", 8) != 0 &&
        (strncasecmp (to_url, "http://", 7) != 0 ||
         (strncasecmp (fetch->at_url, "https://", 8) == 0 &&
          !source->options.insecure)))
        return err_set (err, 0,
                        "%s is redirected to '%.80s', which is not "
                        "secure (--insecure permits http)",
                        fetch->what, to_url);
    free (fetch->at_url);
    fetch->at_url = ptr_take (&fetch->transfer.redirect);
    return NEXT_AGAIN;
}

static enum next renew_token (struct fetch_source *source, struct fetch *fetch,
                              struct err *err)
{
    char *token;

    fetch->has_renewed = true;
    // another fetch may have done it since this one began
    if (source->n_tokens != fetch->n_tokens)
        return NEXT_AGAIN;
    token = token_get (&source->options, fetch->transfer.challenge, source->url,
                       source->repository, err);
    if (!token)
        return err_prefix (err, "registry '%s'", source->url);
    // transfers have their own copy in their header lines
    free (source->token);
    source->token = token;
    source->n_tokens++;
    return NEXT_AGAIN;
}

static enum next next (struct fetch_source *source, struct fetch *fetch,
                       struct err *err)
{
    struct http_transfer *transfer = &fetch->transfer;

    fetch->status = transfer->status;
    fetch->no_tls = transfer->no_tls;
    if (transfer->err.text[0]) {
        *err = transfer->err;
        return NEXT_FAIL;
    }
    if (transfer->status == 200) {
        snprintf (fetch->digest, sizeof (fetch->digest), "%s",
                  transfer->digest ? transfer->digest : "");
        return fetch->done ? fetch->done (fetch->arg, err) : NEXT_DONE;
    }
    if (transfer->redirect)
        return redirect (source, fetch, err);
    if (transfer->status == 401 && transfer->challenge && !fetch->has_renewed &&
        http_same_origin (fetch->at_url, source->url))
        return renew_token (source, fetch, err);
    return refused (source, fetch, err);
}

static struct fetch *fetch_of (struct http_transfer *transfer)
{
    return (void *)((char *)transfer - offsetof (struct fetch, transfer));
}

// Wait for one that ends; 1 when it is done, 0 when it goes on, -1.
static int step (struct fetch_source *source, struct err *err)
{
    struct http_transfer *transfer = http_wait (source->http, err);
    enum next what;

    if (!transfer)
        return -1;

    struct fetch *fetch = fetch_of (transfer);

    what = next (source, fetch, err);
    http_end (source->http, transfer);
    if (what == NEXT_AGAIN)
        return start (source, fetch, err);
    return what == NEXT_DONE ? 1 : -1;
}

static int run (struct fetch_source *source, struct fetch *fetches, size_t n,
                size_t n_parallel, struct err *err)
{
    size_t n_started = 0, n_done = 0;

    while (n_done < n) {
        int result = 0;

        if (n_started < n && n_started - n_done < n_parallel)
            result = start (source, &fetches[n_started++], err);
        else
            result = step (source, err);
        if (result < 0)
            return -1;
        n_done += (size_t)result;
    }
    return 0;
}

int fetch_all (struct fetch_source *source, struct fetch *fetches, size_t n,
               size_t n_parallel, struct err *err)
{
    int result;

    for (size_t i = 0; i < n; i++)
        fetches[i].at_url = xstrdup (fetches[i].url);
    result = run (source, fetches, n, n_parallel, err);
    for (size_t i = 0; i < n; i++) {
        http_end (source->http, &fetches[i].transfer);
        free (ptr_take (&fetches[i].at_url));
    }
    return result;
}
