#ifndef LAUNCHER_COMMANDS_H
#define LAUNCHER_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/strlist.h"
#include "launcher/config.h"
#include "launcher/general.h"
#include "launcher/options.h"

// What a command is called with.
struct invocation {
    const struct general_options *general;
    const struct config *config;    // NULL for commands that need none
    const void *options;            // the command's own struct, filled
    const struct strlist *operands; // as many as the command allows
};

// One command of udocker: one file cmd_NAME.c each.
struct command {
    const char *name;
    const char *operands;            // for the usage line, "IMAGE"
    const char *what;                // one line for a person
    const struct option_spec *specs; // NULL: no options
    size_t options_size;             // of the struct that they fill
    size_t min_operands;             // how many it needs
    size_t max_operands;             // and takes; 0 with ANY_OPERANDS
    enum options_order order;
    bool harmless;  // root may call it
    bool no_config; // works without the configuration
    int failure;    // exit status when it fails

    /* Do it.  Returns the exit status; on failure fills 'err', which the
     * program prints.  -1 stands for 'failure'. */
    int (*run) (const struct invocation *in, struct err *err);
};

enum { ANY_OPERANDS = 1 << 20 }; // max_operands without a limit

/* The command 'name'.  NULL with 'err', which says whether it is one that is
 * not in this version, or suggests another. */
const struct command *command_find (const char *name, struct err *err);

/* Add the help of the program, or of one command of 'program'. */
void commands_help (struct strbuf *out);
void command_help (const char *program, const struct command *command,
                   struct strbuf *out);

/* Call 'command' with its words (options and operands, NULL-terminated).
 * 'general' holds the options before the command; more may be among the
 * words.  Prints the error.  Returns the exit status. */
int command_call (const struct command *command,
                  struct general_options *general, char *const *words);

extern const struct command cmd_clone;
extern const struct command cmd_create;
extern const struct command cmd_export;
extern const struct command cmd_help;
extern const struct command cmd_images;
extern const struct command cmd_import;
extern const struct command cmd_inspect;
extern const struct command cmd_install;
extern const struct command cmd_load;
extern const struct command cmd_mkrepo;
extern const struct command cmd_name;
extern const struct command cmd_protect;
extern const struct command cmd_ps;
extern const struct command cmd_pull;
extern const struct command cmd_rename;
extern const struct command cmd_rm;
extern const struct command cmd_rmi;
extern const struct command cmd_rmname;
extern const struct command cmd_run;
extern const struct command cmd_save;
extern const struct command cmd_showconf;
extern const struct command cmd_tag;
extern const struct command cmd_unprotect;
extern const struct command cmd_verify;
extern const struct command cmd_version;

#endif
