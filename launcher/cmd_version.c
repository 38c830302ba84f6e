/* cmd_version.c - udocker version */
#include <fcntl.h>
#include <string.h>

#include "base/exitcode.h"
#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "launcher/commands.h"
#include "launcher/features.h"
#include "launcher/program.h"

// udocker's tools, when they were installed, say which release they are.
static char *tools_release (const struct config *config)
{
    scoped_free char *path = NULL;
    char *text;

    if (config->libdir)
        path = xasprintf ("%s/VERSION", config->libdir);
    else
        path = xasprintf ("%s/lib/VERSION",
                          config->topdir ? config->topdir : "");
    text = io_read_file (AT_FDCWD, path, 64, NULL, NULL);
    if (!text)
        return xstrdup ("none");
    text[strcspn (text, "\r\n")] = '\0';
    return text;
}

static void add_tools (const struct config *config, struct strbuf *out)
{
    scoped_free char *release = tools_release (config);

    strbuf_addf (out, "tarball: %s\n",
                 config->tarball ? config->tarball : "none");
    strbuf_addf (out, "tarball_release: %s\n", release);
}

// A configuration that is wrong does not keep the version back.
static int run (const struct invocation *in, struct err *err)
{
    scoped_strbuf struct strbuf out;
    struct config config = {0};

    strbuf_init (&out, 1 << 16);
    strbuf_addf (&out, "version: %s\n", PACKAGE_VERSION);
    general_configure (in->general, &config, NULL);
    add_tools (&config, &out);
    config_clear (&config);
    features_show (&out);
    return program_print (out.text, err);
}

const struct command cmd_version = {
    .name = "version",
    .operands = "",
    .what = "print the version and what is built in",
    .order = OPTIONS_ANYWHERE,
    .harmless = true,
    .no_config = true,
    .failure = EXIT_REFUSED,
    .run = run,
};
