/* plan_json.c - the plan as text
 *
 * A table names each member with its type and its place in struct plan, so
 * that both directions stay the same; only mounts are written out.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "plan/plan_json.h"

enum member_type { TYPE_STRING, TYPE_STRINGS, TYPE_ID, TYPE_BOOL };

// One member of a JSON object and the field of the struct that holds it.
struct member {
    const char *name;      // in JSON
    enum member_type type; // of the field
    size_t offset;         // of the field in its struct
};

static const struct member plan_members[] = {
    {"mode", TYPE_STRING, offsetof (struct plan, mode)},
    {"container", TYPE_STRING, offsetof (struct plan, container)},
    {"root_path", TYPE_STRING, offsetof (struct plan, root_path)},
    {"argv", TYPE_STRINGS, offsetof (struct plan, argv)},
    {"env", TYPE_STRINGS, offsetof (struct plan, env)},
    {"workdir_cpath", TYPE_STRING, offsetof (struct plan, workdir_cpath)},
    {"uid", TYPE_ID, offsetof (struct plan, uid)},
    {"gid", TYPE_ID, offsetof (struct plan, gid)},
    {"devices", TYPE_STRINGS, offsetof (struct plan, devices)},
    {"cpuset", TYPE_STRING, offsetof (struct plan, cpuset)},
    {0},
};

static const struct member mount_members[] = {
    {"host_path", TYPE_STRING, offsetof (struct plan_mount, host_path)},
    {"content", TYPE_STRING, offsetof (struct plan_mount, content)},
    {"cpath", TYPE_STRING, offsetof (struct plan_mount, cpath)},
    {"read_only", TYPE_BOOL, offsetof (struct plan_mount, read_only)},
    {"optional", TYPE_BOOL, offsetof (struct plan_mount, optional)},
    {0},
};

static void *field_of (void *record, const struct member *member)
{
    return (char *)record + member->offset;
}

static json_t *put_member (const struct member *member, const void *field)
{
    switch (member->type) {
    case TYPE_STRING:
        return json_string (*(char *const *)field);
    case TYPE_STRINGS:
        return json_from_strings (field);
    case TYPE_ID:
        return json_integer (*(const uid_t *)field);
    case TYPE_BOOL:
        return *(const bool *)field ? json_true () : NULL;
    }
    return NULL;
}

// Members that are NULL, and flags that are false, are left out.
static json_t *put_record (const struct member *members, const void *record)
{
    json_t *object = json_object ();

    for (const struct member *m = members; m->name; m++) {
        json_t *value = put_member (m, (const char *)record + m->offset);

        if (value)
            json_object_set_new (object, m->name, value);
    }
    return object;
}

json_t *plan_to_json (const struct plan *plan)
{
    json_t *object = put_record (plan_members, plan);
    json_t *mounts = json_array ();
    json_t *fds = json_array ();

    for (size_t i = 0; i < plan->n_mounts; i++)
        json_array_append_new (mounts,
                               put_record (mount_members, &plan->mounts[i]));
    for (size_t i = 0; i < plan->n_keep_fds; i++)
        json_array_append_new (fds, json_integer (plan->keep_fds[i]));
    json_object_set_new (object, "mounts", mounts);
    json_object_set_new (object, "keep_fds", fds);
    return object;
}

static int get_strings (const json_t *value, struct strlist *list)
{
    size_t i;
    json_t *item;

    if (!json_is_array (value))
        return -1;
    json_array_foreach (value, i, item)
    {
        if (!json_is_string (item))
            return -1;
        strlist_add (list, json_string_value (item));
    }
    return 0;
}

static int get_id (const json_t *value, uid_t *id)
{
    json_int_t n = json_is_integer (value) ? json_integer_value (value) : -1;

    if (n < 0 || n >= UINT32_MAX)
        return -1;
    *id = (uid_t)n;
    return 0;
}

static int get_string (const json_t *value, char **text)
{
    if (!json_is_string (value) || *text)
        return -1;
    *text = xstrdup (json_string_value (value));
    return 0;
}

static int get_member (const struct member *member, const json_t *value,
                       void *field)
{
    switch (member->type) {
    case TYPE_STRING:
        return get_string (value, field);
    case TYPE_STRINGS:
        return get_strings (value, field);
    case TYPE_ID:
        return get_id (value, field);
    case TYPE_BOOL:
        *(bool *)field = json_is_true (value);
        return json_is_boolean (value) ? 0 : -1;
    }
    return -1;
}

static const struct member *find_member (const struct member *members,
                                         const char *name)
{
    for (const struct member *m = members; m->name; m++)
        if (strcmp (m->name, name) == 0)
            return m;
    return NULL;
}

static int get_record (const struct member *members, json_t *object,
                       void *record, struct err *err)
{
    const char *name;
    json_t *value;

    if (!json_is_object (object))
        return err_set (err, 0, "plan: an object was expected");
    json_object_foreach (object, name, value)
    {
        const struct member *m = find_member (members, name);

        if (!m)
            return err_set (err, 0, "plan: unknown member '%s'", name);
        if (get_member (m, value, field_of (record, m)) < 0)
            return err_set (err, 0, "plan: '%s' is of the wrong type", name);
    }
    return 0;
}

static int get_mounts (struct plan *plan, const json_t *mounts, struct err *err)
{
    size_t n = json_array_size (mounts);

    if (mounts && !json_is_array (mounts))
        return err_set (err, 0, "plan: 'mounts' is not a list");
    plan->mounts = xcalloc (n, sizeof (*plan->mounts));
    plan->n_mounts = n;
    for (size_t i = 0; i < n; i++)
        if (get_record (mount_members, json_array_get (mounts, i),
                        &plan->mounts[i], err) < 0)
            return -1;
    return 0;
}

static int get_fds (struct plan *plan, const json_t *fds, struct err *err)
{
    size_t i;
    json_t *fd;

    json_array_foreach (fds, i, fd)
    {
        if (!json_is_integer (fd) || json_integer_value (fd) < 0 ||
            json_integer_value (fd) > INT32_MAX)
            return err_set (err, 0, "plan: 'keep_fds' holds no descriptor");
        plan_add_keep_fd (plan, (int)json_integer_value (fd));
    }
    return 0;
}

struct plan *plan_from_json (const json_t *json, struct err *err)
{
    scoped_plan struct plan *plan = plan_create ();
    scoped_json json_t *flat = json_copy ((json_t *)json);

    if (get_mounts (plan, json_member (flat, "mounts"), err) < 0 ||
        get_fds (plan, json_member (flat, "keep_fds"), err) < 0)
        return NULL;
    json_object_del (flat, "mounts");
    json_object_del (flat, "keep_fds");
    if (get_record (plan_members, flat, plan, err) < 0)
        return NULL;
    return ptr_take (&plan);
}
