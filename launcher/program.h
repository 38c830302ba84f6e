#ifndef LAUNCHER_PROGRAM_H
#define LAUNCHER_PROGRAM_H

#include "base/err.h"

/* What both programs do around their work. */

/* The first thing a program does: 'name' begins its messages, and descriptors
 * 0 to 2 are made to be open, so that no file of the repository gets a number
 * that messages go to.  What had to be opened is closed again for the program
 * that is started. */
void program_begin (const char *name);

/* On failure print 'err', if it has a text, as one line on stderr.  Returns the
 * exit status: 'status', or 'failure' when that is -1. */
int program_end (int status, int failure, const struct err *err);

/* Write 'text' to stdout.  Returns EXIT_DONE, or -1 with 'err'. */
int program_print (const char *text, struct err *err);

/* The same with a newline behind it. */
int program_print_line (const char *text, struct err *err);

#endif
