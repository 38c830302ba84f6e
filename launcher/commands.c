/* commands.c - the table of commands, their help, and how one is called */
#include <stdlib.h>
#include <string.h>

#include "base/exitcode.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/scope.h"
#include "launcher/commands.h"
#include "launcher/nearest.h"
#include "launcher/program.h"

// In the order of --help.
static const struct command *const commands[] = {
    &cmd_install,   &cmd_mkrepo, &cmd_pull,    &cmd_images,   &cmd_create,
    &cmd_clone,     &cmd_export, &cmd_import,  &cmd_ps,       &cmd_run,
    &cmd_inspect,   &cmd_name,   &cmd_rename,  &cmd_rmname,   &cmd_protect,
    &cmd_unprotect, &cmd_rm,     &cmd_rmi,     &cmd_tag,      &cmd_verify,
    &cmd_load,      &cmd_save,   &cmd_version, &cmd_showconf, &cmd_help,
};

enum { N_COMMANDS = sizeof (commands) / sizeof (commands[0]) };

// Commands of udocker that are still to come.
static const char *const not_yet[] = {
    "login", "logout", "manifest", "search", "setup",
};

static int refuse_unknown (const char *name, struct err *err)
{
    struct nearest nearest = {.word = name};

    for (size_t i = 0; i < sizeof (not_yet) / sizeof (*not_yet); i++)
        if (strcmp (not_yet[i], name) == 0)
            return err_set (err, 0, "command '%s' is not in this version yet",
                            name);
    for (size_t i = 0; i < N_COMMANDS; i++)
        nearest_offer (&nearest, commands[i]->name);
    err_set (err, 0, "unknown command '%s'", name);
    if (nearest.best)
        return err_hint (err, "did you mean '%s'?", nearest.best);
    return err_hint (err, "udocker --help shows those there are");
}

const struct command *command_find (const char *name, struct err *err)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp (commands[i]->name, name) == 0)
            return commands[i];
    refuse_unknown (name, err);
    return NULL;
}

void commands_help (struct strbuf *out)
{
    strbuf_adds (out, "Usage: udocker [OPTIONS] COMMAND [OPTIONS] [...]\n\n"
                      "Run containers without privileges.\n\n"
                      "Commands:\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        strbuf_addf (out, "  %-10s  %s\n", commands[i]->name,
                     commands[i]->what);
    strbuf_adds (out, "\nOptions of all commands:\n");
    options_help (general_specs, out);
    strbuf_adds (out, "\nudocker COMMAND --help shows a command's options.\n");
}

void command_help (const char *program, const struct command *command,
                   struct strbuf *out)
{
    strbuf_addf (out, "Usage: %s [OPTIONS] %s\n\n%s\n", program,
                 command->operands, command->what);
    if (command->specs) {
        strbuf_adds (out, "\nOptions:\n");
        options_help (command->specs, out);
    }
    strbuf_adds (out, "\nOptions of all commands:\n");
    options_help (general_specs, out);
}

static int check_operands (const struct command *command, size_t n,
                           struct err *err)
{
    if (n >= command->min_operands && n <= command->max_operands)
        return 0;
    err_set (err, 0, "%s: %s", command->name,
             n < command->min_operands ? "an argument is missing"
                                       : "too many arguments");
    return err_hint (err, "usage: udocker %s %s", command->name,
                     command->operands);
}

static int configure_and_run (struct invocation *in,
                              const struct command *command, struct err *err)
{
    struct config config = {0};
    int status = -1;

    if (!command->harmless && general_check_user (in->general, err) < 0)
        return -1;
    if (command->no_config)
        return command->run (in, err);
    in->config = &config;
    if (general_configure (in->general, &config, err) == 0)
        status = command->run (in, err);
    config_clear (&config);
    return status;
}

static int print_help (const struct command *command, struct err *err)
{
    scoped_free char *program = xasprintf ("udocker %s", command->name);
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 16);
    command_help (program, command, &out);
    return program_print (out.text, err);
}

static int parse_and_run (const struct command *command,
                          const struct option_group *groups,
                          struct invocation *in, char *const *words,
                          struct err *err)
{
    scoped_strlist struct strlist operands = {0};

    if (options_parse (groups, command->order, words, &operands, err) < 0)
        return err_prefix (err, "%s", command->name);
    if (in->general->help)
        return print_help (command, err);
    if (check_operands (command, operands.n, err) < 0)
        return -1;
    in->operands = &operands;
    return configure_and_run (in, command, err);
}

int command_call (const struct command *command,
                  struct general_options *general, char *const *words)
{
    scoped_free void *options = xcalloc (1, command->options_size + 1);
    const struct option_group groups[] = {
        {general_specs, general},
        {command->specs, options},
        {0},
    };
    struct invocation in = {.general = general, .options = options};
    struct err err = {0};
    int status = parse_and_run (command, groups, &in, words, &err);

    options_clear (groups);
    return program_end (status, command->failure, &err);
}
