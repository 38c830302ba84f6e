/* refused: 2 of 4 are missing */
#ifndef COMMENTS_PROTOTYPES_H
#define COMMENTS_PROTOTYPES_H

/* Says what it does, and */
int said (int a);
int said_with_it (int a);

int unsaid (int a);

int unsaid_on_two_lines (int a, int b, int c, int d, int e, int f,
                         const char *text);

#endif
