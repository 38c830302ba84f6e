#ifndef LAUNCHER_FEATURES_H
#define LAUNCHER_FEATURES_H

#include "base/strbuf.h"

/* Add one line "NAME: ..." for each library that the program can use: its
 * version when it is linked; for those opened only when they are needed,
 * whether they are on this machine; "left out" when built without. */
void features_show (struct strbuf *out);

#endif
