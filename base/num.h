#ifndef BASE_NUM_H
#define BASE_NUM_H

/* The decimal number that is all of 'text', between 'min' and 'max'.  0, or -1
 * (no sign of which way it is wrong: callers know what they asked for). */
int num_parse (const char *text, long min, long max, long *value);

#endif
