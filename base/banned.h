/* banned.h - functions that do not compile here
 *
 * Included last by the build (-include), so that every file has it.  Each has
 * a better neighbour: strbuf or snprintf for the string functions, strtol
 * through base/num.h for atoi, mkdtemp or a staged file for the temp names,
 * posix_spawn with an argument vector for system and popen.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat strncat sprintf vsprintf gets strtok
#pragma GCC poison atoi atol atoll tmpnam tempnam mktemp system popen

#endif
