/* cmd_showconf.c - udocker showconf */
#include "base/exitcode.h"
#include "launcher/commands.h"
#include "launcher/program.h"

static int run (const struct invocation *in, struct err *err)
{
    scoped_strbuf struct strbuf out;

    strbuf_init (&out, 1 << 20);
    config_show (in->config, &out);
    return program_print (out.text, err);
}

const struct command cmd_showconf = {
    .name = "showconf",
    .operands = "",
    .what = "print the configuration, as the text of a configuration file",
    .order = OPTIONS_ANYWHERE,
    .harmless = true,
    .failure = EXIT_REFUSED,
    .run = run,
};
