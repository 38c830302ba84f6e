/* cmd_help.c - udocker help [COMMAND] */
#include "base/exitcode.h"
#include "base/mem.h"
#include "base/scope.h"
#include "launcher/commands.h"
#include "launcher/program.h"

static int run (const struct invocation *in, struct err *err)
{
    scoped_strbuf struct strbuf out;
    scoped_free char *program = NULL;
    const struct command *command;

    strbuf_init (&out, 1 << 16);
    if (in->operands->n == 0) {
        commands_help (&out);
        return program_print (out.text, err);
    }
    command = command_find (in->operands->items[0], err);
    if (!command)
        return -1;
    program = xasprintf ("udocker %s", command->name);
    command_help (program, command, &out);
    return program_print (out.text, err);
}

const struct command cmd_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .what = "show how a command is used",
    .max_operands = 1,
    .order = OPTIONS_ANYWHERE,
    .harmless = true,
    .no_config = true,
    .failure = EXIT_REFUSED,
    .run = run,
};
