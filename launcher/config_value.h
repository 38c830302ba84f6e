#ifndef LAUNCHER_CONFIG_VALUE_H
#define LAUNCHER_CONFIG_VALUE_H

#include "base/err.h"
#include "base/strbuf.h"

/* Values of configuration files: Python literals, and the bare words that
 * people write instead.  None is NULL, false, 0 or an empty list.
 */
enum value_type {
    VALUE_STRING, // char *: "x", 'x' or x
    VALUE_BOOL,   // bool: True, False and the like
    VALUE_INT,    // long, not negative
    VALUE_LIST,   // struct strlist: ["a", "b"], ("a",) or a, b
    VALUE_MAP,    // struct strlist of KEY=VALUE: {"a": "b"}
};

/* Put the value that 'text' stands for into the field 'value', whose old
 * content is freed.  0, or -1 with 'err' and the field as it was. */
int config_value_parse (enum value_type type, const char *text, void *value,
                        struct err *err);

/* The same for a string as it is, quotes and all: from the environment. */
void config_value_set_string (void *value, const char *text);

/* Free what the field holds. */
void config_value_clear (enum value_type type, void *value);

/* Add the literal of the field's value. */
void config_value_show (enum value_type type, const void *value,
                        struct strbuf *out);

#endif
