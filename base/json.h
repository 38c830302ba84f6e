#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/err.h"
#include "base/scope.h"
#include "base/strlist.h"

enum {
    JSON_MAX_BYTES = 8 << 20, // more than any manifest or container.json
};

#define scoped_json __attribute__ ((cleanup (json_destroyp)))
DEFINE_SCOPED (json, json_t, json_decref)

/* Parse 'text' of 'n_bytes', which came from 'origin' (for the message).  The
 * result is owned by the caller.  NULL with 'err' when it is not JSON, nests
 * deeper than jansson allows (2048), or has anything behind it. */
json_t *json_from_text (const char *text, size_t n_bytes, const char *origin,
                        struct err *err);

/* Parse the file 'path' below 'dirfd', of at most JSON_MAX_BYTES. */
json_t *json_from_file (int dirfd, const char *path, struct err *err);

/* The text in udocker's form: sorted keys, indent 4.  The caller frees it. */
char *json_to_text (const json_t *json);

/* Members by name, forgiving: NULL (or 'fallback') when 'object' is NULL, has
 * no such member, or it is of another type.  Borrowed from 'object'. */
json_t *json_member (const json_t *object, const char *name);
const char *json_member_str (const json_t *object, const char *name);
long long json_member_int (const json_t *object, const char *name,
                           long long fallback);

/* Add every string of the array 'array' to 'list'; what is no string is left
 * out. */
void json_add_strings (const json_t *array, struct strlist *list);

/* A new array of the strings of 'list'. */
json_t *json_from_strings (const struct strlist *list);

#endif
