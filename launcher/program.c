/* program.c - how the programs speak and end */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/io.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/scope.h"
#include "launcher/program.h"

void program_begin (const char *name)
{
    log_name (name);
    // open takes the lowest number that is free; what is written there fails
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl (fd, F_GETFD) < 0 &&
            open ("/dev/null", O_RDONLY | O_CLOEXEC) != fd)
            _exit (EXIT_OWN_FAILURE);
}

int program_end (int status, int failure, const struct err *err)
{
    if (status != EXIT_DONE && err->text[0])
        log_msg (LOG_ERR, "%s", err->text);
    return status < 0 ? failure : status;
}

int program_print (const char *text, struct err *err)
{
    if (io_write_all (STDOUT_FILENO, text, strlen (text)) < 0)
        return err_set (err, errno, "cannot write to standard output");
    return EXIT_DONE;
}

int program_print_line (const char *text, struct err *err)
{
    scoped_free char *line = xasprintf ("%s\n", text);

    return program_print (line, err);
}
