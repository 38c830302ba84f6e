#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include "base/err.h"
#include "store/http.h"

enum {
    TOKEN_MAX_BYTES = 64 << 10, // of a token server's answer
};

/* Ask the token server that 'challenge' names (the parameters of a
 * "WWW-Authenticate: Bearer") for an anonymous token by which 'repository' may
 * be pulled.  'registry_url' is who sent the challenge: one reached by https
 * may not send to a server of plain http.  Returns the token, fit for a
 * header, which the caller frees; NULL with 'err'. */
char *token_get (const struct http_options *options, const char *challenge,
                 const char *registry_url, const char *repository,
                 struct err *err);

/* The parameter 'name' of 'challenge', unquoted; NULL when there is none.  The
 * caller frees it. */
char *token_parameter (const char *challenge, const char *name);

/* The URL to ask.  NULL with 'err' when the challenge names no server. */
char *token_url (const char *challenge, const char *repository,
                 struct err *err);

#endif
