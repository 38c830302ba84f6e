/* userdb.c - passwd and group as texts */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "launcher/userdb.h"

enum { MAX_FIELDS = 7 }; // of a passwd line; a group line has four

// One line, cut into its fields.
struct line {
    const char *start;             // of the line in the text
    size_t len;                    // without the newline
    const char *field[MAX_FIELDS]; // not NUL-terminated
    size_t field_len[MAX_FIELDS];
    int n_fields;
};

static void cut (struct line *line)
{
    const char *end = line->start + line->len;
    const char *at = line->start;

    line->n_fields = 0;
    while (line->n_fields < MAX_FIELDS) {
        const char *colon = memchr (at, ':', (size_t)(end - at));
        const char *stop = colon ? colon : end;

        line->field[line->n_fields] = at;
        line->field_len[line->n_fields++] = (size_t)(stop - at);
        if (!colon)
            return;
        at = colon + 1;
    }
}

// The line at '*at', which moves behind it.  False at the end of the text.
static bool next_line (const char **at, struct line *line)
{
    if (!*at || !**at)
        return false;
    line->start = *at;
    line->len = strcspn (*at, "\n");
    *at += line->len + ((*at)[line->len] == '\n');
    cut (line);
    return true;
}

static bool field_is (const struct line *line, int i, const char *text)
{
    return i < line->n_fields && strlen (text) == line->field_len[i] &&
           strncmp (line->field[i], text, line->field_len[i]) == 0;
}

static char *field_copy (const struct line *line, int i)
{
    return i < line->n_fields ? xstrndup (line->field[i], line->field_len[i])
                              : xstrdup ("");
}

bool userdb_parse_id (const char *text, uid_t *id)
{
    long value;

    if (num_parse (text, 0, 0xfffffffeL, &value) < 0)
        return false;
    *id = (uid_t)value;
    return true;
}

static bool field_id (const struct line *line, int i, uid_t *id)
{
    char text[12];

    if (i >= line->n_fields || line->field_len[i] >= sizeof (text))
        return false;
    memcpy (text, line->field[i], line->field_len[i]);
    text[line->field_len[i]] = '\0';
    return userdb_parse_id (text, id);
}

static bool read_user (const struct line *line, struct userdb_user *user)
{
    uid_t uid;
    gid_t gid;

    if (!field_id (line, 2, &uid) || !field_id (line, 3, &gid))
        return false;
    *user = (struct userdb_user){
        .name = field_copy (line, 0),
        .uid = uid,
        .gid = gid,
        .home = field_copy (line, 5),
        .shell = field_copy (line, 6),
    };
    return true;
}

bool userdb_find_user (const char *passwd, const char *name,
                       struct userdb_user *user)
{
    struct line line;

    while (next_line (&passwd, &line))
        if (field_is (&line, 0, name) && read_user (&line, user))
            return true;
    return false;
}

bool userdb_find_uid (const char *passwd, uid_t uid, struct userdb_user *user)
{
    struct line line;
    uid_t found;

    while (next_line (&passwd, &line))
        if (field_id (&line, 2, &found) && found == uid &&
            read_user (&line, user))
            return true;
    return false;
}

void userdb_user_clear (struct userdb_user *user)
{
    free (user->name);
    free (user->home);
    free (user->shell);
    *user = (struct userdb_user){0};
}

bool userdb_find_group (const char *group, const char *name, gid_t *gid)
{
    struct line line;

    while (next_line (&group, &line))
        if (field_is (&line, 0, name) && field_id (&line, 2, gid))
            return true;
    return false;
}

char *userdb_group_name (const char *group, gid_t gid)
{
    struct line line;
    gid_t found;

    while (next_line (&group, &line))
        if (field_id (&line, 2, &found) && found == gid)
            return field_copy (&line, 0);
    return NULL;
}

bool userdb_has_gid (const char *group, gid_t gid)
{
    scoped_free char *name = userdb_group_name (group, gid);

    return name != NULL;
}

char *userdb_add_user (const char *passwd, const struct userdb_user *user)
{
    return xasprintf ("%s:x:%lu:%lu:%s:%s:%s\n%s", user->name,
                      (unsigned long)user->uid, (unsigned long)user->gid,
                      user->name, user->home, user->shell,
                      passwd ? passwd : "");
}

char *userdb_add_group (const char *group, const char *name, gid_t gid)
{
    return xasprintf ("%s:x:%lu:\n%s", name, (unsigned long)gid,
                      group ? group : "");
}
