#ifndef ENGINES_NAMESPACE_USERNS_H
#define ENGINES_NAMESPACE_USERNS_H

#include <sys/types.h>

#include "base/err.h"

/* Move this process into a user and a mount namespace of its own, in which it
 * is 'uid' and 'gid'; outside it stays who it is.  Needs no privilege and no
 * second process, so only this one pair of ids is mapped.  0, or -1 with 'err'
 * saying what refuses. */
int userns_enter (uid_t uid, gid_t gid, struct err *err);

/* Add to 'err', which tells that a step of a namespace failed with 'code'
 * (errno), the sysctl, policy or kernel setting behind it and what to do.
 * Reads through base/sysroot only.  Always returns -1. */
int userns_explain (int code, struct err *err);

#endif
