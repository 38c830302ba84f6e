#ifndef LAUNCHER_CPATH_H
#define LAUNCHER_CPATH_H

#include <stdbool.h>

/* Paths as texts.  Nothing here looks at a filesystem, and no safety follows
 * from it: engines open what they mount below the root.
 */

/* 'path' without double and trailing slashes and '.' parts.  The caller frees
 * it.  NULL when it is not absolute or has a '..' part, whose meaning depends
 * on links. */
char *cpath_normal (const char *path);

/* Whether 'path' is 'dir' or below it; both normal. */
bool cpath_is_below (const char *path, const char *dir);

/* How many parts the normal path has; 0 for "/". */
int cpath_depth (const char *path);

#endif
