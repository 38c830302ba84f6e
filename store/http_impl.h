#ifndef STORE_HTTP_IMPL_H
#define STORE_HTTP_IMPL_H

#include <curl/curl.h>

#include "store/http.h"

/* Put into words, in transfer->err, why libcurl gave up with 'code', unless a
 * callback has done so. */
void http_explain (struct http_transfer *transfer, CURLcode code);

/* Take in a header line of the answer; false when the answer has more of them
 * than is reasonable. */
bool http_header (struct http_transfer *transfer, const char *line, size_t n);

#endif
