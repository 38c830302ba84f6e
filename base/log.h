#ifndef BASE_LOG_H
#define BASE_LOG_H

/* The verbosity levels of udocker (UDOCKER_LOGLEVEL, verbose_level). */
enum log_level {
    LOG_ERR = 0,  // always shown
    LOG_MSG = 1,  // shown with -q too
    LOG_WARN = 2, // something is not as it should be
    LOG_INFO = 3, // the default
    LOG_VERBOSE = 4,
    LOG_DEBUG = 5, // -D
};

/* The name that starts every line; must outlive the program's use of it. */
void log_name (const char *program);
/* Show messages up to 'level'. */
void log_set_level (enum log_level level);
enum log_level log_get_level (void);

/* Write "NAME: <text>" and a newline to stderr in one write, when 'level' is
 * shown.  Control characters in the text are written as '?', since names of
 * images and files come from outside. */
void log_msg (enum log_level level, const char *fmt, ...)
    __attribute__ ((format (printf, 2, 3)));

#endif
