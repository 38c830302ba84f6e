#ifndef LAUNCHER_RESOLVE_PARTS_H
#define LAUNCHER_RESOLVE_PARTS_H

#include "launcher/resolve.h"

/* The parts of resolve, in the order in which it calls them.  Each fills its
 * fields of the plan. */

// Who the program is inside the container.
struct identity {
    struct userdb_user user; // name, numbers, home, shell
    bool in_passwd;          // the container's passwd has this account
};

/* Decide who the program is.  0, or -1 with 'err'; clear in either case. */
int identity_resolve (const struct resolve_input *in, struct identity *id,
                      struct err *err);
void identity_clear (struct identity *id);

/* plan->mounts: volumes, system directories, what the launcher needs. */
int resolve_binds (const struct resolve_input *in, struct plan *plan,
                   struct err *err);

/* Once the volumes are known: a home that is not in the container is '/'. */
void identity_settle_home (const struct resolve_input *in,
                           const struct plan *plan, struct identity *id);

/* plan->mounts: passwd and group files in which the user is known. */
void resolve_accounts (const struct resolve_input *in,
                       const struct identity *id, struct plan *plan);

/* Put parents before what is mounted below them. */
void resolve_sort_mounts (struct plan *plan);

/* plan->env and plan->argv */
int resolve_env (const struct resolve_input *in, const struct identity *id,
                 struct plan *plan, struct err *err);
void resolve_argv (const struct resolve_input *in, struct plan *plan);

/* Whether the mounts so far show the host's 'path' at the same path, writable,
 * in the container. */
bool resolve_shows (const struct plan *plan, const char *path);

/* Whether something is mounted at 'cpath', or --novol forbids it. */
bool resolve_is_taken (const struct resolve_input *in, const struct plan *plan,
                       const char *cpath);

#endif
