#ifndef LAUNCHER_HOST_H
#define LAUNCHER_HOST_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/strlist.h"
#include "launcher/userdb.h"

// What a container's start takes from the host.
struct host {
    struct userdb_user user;  // the caller; 'home' is $HOME when it is set
    char *group;              // name of its group, or NULL: not looked up yet
    struct userdb_user asked; // the account of --user, when it was looked up
    bool has_asked;
    char *cwd;              // working directory
    struct strlist environ; // the environment, borrowed
};

/* Find out who calls, where, and with which environment.  The passwd file is
 * read first, then USER and HOME are believed; the name services, which may ask
 * a server, are for users known by neither.  0, or -1 with 'err'.  The caller clears 'host' in either case. */
int host_gather (struct host *host, struct err *err);
void host_clear (struct host *host);

/* Fill host->group from the group file; a group that it lacks gets the user's
 * name. */
void host_find_group (struct host *host);

/* Look the host's account 'name' up and fill host->asked if it exists. */
void host_find_user (struct host *host, const char *name);

#endif
