#ifndef LAUNCHER_BANNER_H
#define LAUNCHER_BANNER_H

/* Tell a person at a terminal which container starts; says nothing with -q, or
 * when standard output or error is not a terminal. */
void banner_show (const char *id, const char *program);

#endif
