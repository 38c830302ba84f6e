/* json.c - jansson with limits, and members that may be missing */
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/io.h"
#include "base/json.h"
#include "base/mem.h"

/* Left to itself jansson opens /dev/urandom.  The kernel has put random bytes
 * beside every program's arguments already (getauxval(3), AT_RANDOM).  Only
 * the first call counts. */
static void seed_hashes (void)
{
    const void *bytes = (const void *)getauxval (AT_RANDOM);
    size_t seed = 0;

    if (bytes)
        memcpy (&seed, bytes, sizeof (seed));
    json_object_seed (seed);
}

json_t *json_from_text (const char *text, size_t n_bytes, const char *origin,
                        struct err *err)
{
    json_error_t why;
    json_t *json;

    seed_hashes ();
    json = json_loadb (text, n_bytes, 0, &why);
    if (!json)
        return err_null (err, 0, "'%s' is not valid JSON: %s at line %d",
                         origin, why.text, why.line);
    return json;
}

json_t *json_from_file (int dirfd, const char *path, struct err *err)
{
    size_t n_bytes = 0;
    scoped_free char *text = io_read_file (dirfd, path, JSON_MAX_BYTES,
                                           &n_bytes, err);

    if (!text)
        return NULL;
    return json_from_text (text, n_bytes, path, err);
}

char *json_to_text (const json_t *json)
{
    char *text = json_dumps (json, JSON_SORT_KEYS | JSON_INDENT (4) |
                                       JSON_ENCODE_ANY);

    return text ? text : xstrdup ("");
}

json_t *json_member (const json_t *object, const char *name)
{
    return json_object_get (object, name);
}

const char *json_member_str (const json_t *object, const char *name)
{
    return json_string_value (json_object_get (object, name));
}

long long json_member_int (const json_t *object, const char *name,
                           long long fallback)
{
    const json_t *member = json_object_get (object, name);

    return json_is_integer (member) ? json_integer_value (member) : fallback;
}

void json_add_strings (const json_t *array, struct strlist *list)
{
    size_t i;
    json_t *item;

    json_array_foreach (array, i, item)
    {
        if (json_is_string (item))
            strlist_add (list, json_string_value (item));
    }
}

json_t *json_from_strings (const struct strlist *list)
{
    json_t *array = json_array ();

    for (size_t i = 0; i < list->n; i++)
        json_array_append_new (array, json_string (list->items[i]));
    return array;
}
