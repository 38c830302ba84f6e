#ifndef ENGINES_NAMESPACE_VOLUMES_H
#define ENGINES_NAMESPACE_VOLUMES_H

#include "base/err.h"
#include "engines/namespace/nsroot.h"
#include "plan/plan.h"

/* Make every mount of 'plan' in 'root', in the plan's order.  0, or -1 with
 * 'err' naming the volume. */
int volumes_mount (struct nsroot *root, const struct plan *plan,
                   struct err *err);

#endif
