#ifndef LAUNCHER_OPTIONS_H
#define LAUNCHER_OPTIONS_H

#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/strlist.h"

/* Command line options from tables.  Accepted forms, as Docker and udocker
 * have them: --name=X, --name X, -n=X, -n X, -nX, flags --name and -n, flags
 * in one word (-it), --flag=true and --flag=false; "--" ends the options.
 */
enum option_type {
    OPTION_FLAG,    // bool
    OPTION_STRING,  // const char * into argv; the last one given wins
    OPTION_LIST,    // struct strlist of all that were given
    OPTION_IGNORED, // taken for compatibility, without effect
    OPTION_REFUSED, // known, but not possible here; 'help' says why
};

// One option.
struct option_spec {
    const char *name;      // long form without "--"; NULL: only the letter
    char letter;           // short form without "-"; 0: only the name
    enum option_type type; // of the field, or what becomes of it
    const char *metavar;   // what its value is called; NULL: it takes none
    size_t offset;         // of the field in the group's target
    const char *help;      // one line for --help; NULL: not shown
};

// A table, ended by a row of zeros, and the struct that its offsets are for.
struct option_group {
    const struct option_spec *specs; // NULL ends a vector of groups
    void *target;                    // zeroed by the caller
};

enum options_order {
    OPTIONS_FIRST,    // what follows the first operand is another program's
    OPTIONS_ANYWHERE, // options may stand behind operands
};

/* Parse the NULL-terminated 'argv' (without the program's name) by all tables
 * of 'groups'.  Operands are added to 'operands'.  0, or -1 with 'err' naming
 * the option, and the nearest one when it is unknown. */
int options_parse (const struct option_group *groups, enum options_order order,
                   char *const *argv, struct strlist *operands,
                   struct err *err);

/* Free the lists that options_parse filled. */
void options_clear (const struct option_group *groups);

/* Add a help text of the table, a line or two for each option. */
void options_help (const struct option_spec *specs, struct strbuf *out);

#endif
