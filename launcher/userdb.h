#ifndef LAUNCHER_USERDB_H
#define LAUNCHER_USERDB_H

#include <stdbool.h>
#include <sys/types.h>

/* The texts of passwd and group files, read and extended.  Pure: no function
 * here opens a file.  Malformed lines are passed over; a text may be NULL,
 * which is the same as empty.
 */
enum { USERDB_MAX_BYTES = 8 << 20 }; // of a file that is worth reading

// One account.
struct userdb_user {
    char *name;
    uid_t uid;
    gid_t gid; // its primary group
    char *home;
    char *shell;
};

/* Find the account by name, or by number.  True when it is there; the caller
 * clears 'user'. */
bool userdb_find_user (const char *passwd, const char *name,
                       struct userdb_user *user);
bool userdb_find_uid (const char *passwd, uid_t uid, struct userdb_user *user);
void userdb_user_clear (struct userdb_user *user);

/* The number of group 'name'. */
bool userdb_find_group (const char *group, const char *name, gid_t *gid);

/* Whether there is a group with this number. */
bool userdb_has_gid (const char *group, gid_t gid);

/* The name of group 'gid', which the caller frees; NULL when there is none. */
char *userdb_group_name (const char *group, gid_t gid);

/* The text with a line for the account, or the group, put first, where a search
 * finds it before any other of its name or number.  The caller frees it. */
char *userdb_add_user (const char *passwd, const struct userdb_user *user);
char *userdb_add_group (const char *group, const char *name, gid_t gid);

/* A number as it stands in such files and in --user: decimal, all of the
 * text, below 2^32 - 1. */
bool userdb_parse_id (const char *text, uid_t *id);

#endif
