/* log.c - lines on stderr.  Programs and commands use it; libraries below the
 * launcher return errors instead. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

static const char *log_program = "udocker";
static enum log_level log_level = LOG_INFO;

void log_name (const char *program)
{
    log_program = program;
}

void log_set_level (enum log_level level)
{
    log_level = level;
}

enum log_level log_get_level (void)
{
    return log_level;
}

static void hide_control (char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            *text = '?';
}

void log_msg (enum log_level level, const char *fmt, ...)
{
    int saved_errno = errno;
    char line[2048];
    va_list ap;
    size_t len;
    ssize_t ignored;

    if (level > log_level)
        return;
    snprintf (line, sizeof (line) - 1, "%s: ", log_program);
    len = strlen (line);
    va_start (ap, fmt);
    vsnprintf (line + len, sizeof (line) - 1 - len, fmt, ap);
    va_end (ap);
    hide_control (line);
    len = strlen (line);
    line[len++] = '\n';
    ignored = write (STDERR_FILENO, line, len);
    (void)ignored;
    errno = saved_errno;
}
