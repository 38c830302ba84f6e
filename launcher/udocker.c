/* udocker.c - the command line of udocker */
#include "base/exitcode.h"
#include "launcher/commands.h"
#include "launcher/program.h"

static int print_help (struct err *err)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 16);
    commands_help (&out);
    return program_print (out.text, err);
}

// 'words' begins with the command's name, if there is one.
static int call (struct general_options *general, struct strlist *words,
                 struct err *err)
{
    const struct command *command;

    if (general->version)
        return command_call (&cmd_version, general, words->items + words->n);
    if (words->n == 0 && general->help)
        return print_help (err);
    if (words->n == 0) {
        err_set (err, 0, "no command given");
        return err_hint (err, "udocker --help shows those there are");
    }
    command = command_find (words->items[0], err);
    return command ? command_call (command, general, words->items + 1) : -1;
}

int main (int argc, char **argv)
{
    struct general_options general = {0};
    const struct option_group groups[] = {{general_specs, &general}, {0}};
    scoped_strlist struct strlist words = {0};
    struct err err = {0};
    int status = -1;

    program_begin ("udocker");
    strlist_items (&words);
    if (options_parse (groups, OPTIONS_FIRST, argv + (argc > 0), &words,
                       &err) == 0)
        status = call (&general, &words, &err);
    return program_end (status, EXIT_REFUSED, &err);
}
