#ifndef STORE_OWNER_H
#define STORE_OWNER_H

#include <stdbool.h>

/* Who made a thing on a filesystem that several nodes share, as a file name:
 * HOST:BOOT-ID:PID-NAMESPACE:PID:START-TIME.  The caller frees it. */
char *owner_self (void);

/* Whether the process that 'name' tells of (more may follow after one more
 * ':') is gone for certain: it was on this host in this boot and PID namespace
 * and there is no such process now, or this host has been booted since.  False
 * when in doubt: another host, another namespace, a name of another form. */
bool owner_is_dead (const char *name);

#endif
