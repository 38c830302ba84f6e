/* options_help.c - the help text of an option table */
#include <string.h>

#include "launcher/options.h"

enum { HELP_COLUMN = 30 }; // where the explanations begin

static void add_forms (const struct option_spec *spec, struct strbuf *line)
{
    if (spec->letter)
        strbuf_addf (line, "  -%c", spec->letter);
    else
        strbuf_adds (line, "    ");
    if (spec->name)
        strbuf_addf (line, "%s--%s", spec->letter ? ", " : "  ", spec->name);
    if (spec->metavar)
        strbuf_addf (line, "=%s", spec->metavar);
}

static void add_option (const struct option_spec *spec, struct strbuf *out)
{
    scoped_strbuf struct strbuf line;

    strbuf_init (&line, 256);
    add_forms (spec, &line);
    if (line.len >= HELP_COLUMN)
        strbuf_addf (out, "%s\n%*s%s\n", line.text, HELP_COLUMN, "",
                     spec->help);
    else
        strbuf_addf (out, "%-*s%s\n", HELP_COLUMN, line.text, spec->help);
}

void options_help (const struct option_spec *specs, struct strbuf *out)
{
    for (; specs->name || specs->letter; specs++)
        if (specs->help && specs->type != OPTION_REFUSED)
            add_option (specs, out);
}
