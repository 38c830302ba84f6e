/* image_config.c - the part of container.json that `run` follows */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "launcher/image_config.h"

enum { MAX_ENTRIES = 4096 }; // of one list

static int refuse (const char *name, const char *want, struct err *err)
{
    return err_set (err, 0, "container.json: '%s' is not %s", name, want);
}

static int read_strings (const json_t *object, const char *name,
                         struct strlist *list, struct err *err)
{
    const json_t *value = json_member (object, name);
    size_t n = json_array_size (value);

    if (!value || json_is_null (value))
        return 0;
    if (json_is_string (value)) {
        if (json_string_length (value) > 0)
            strlist_add (list, json_string_value (value));
        return 0;
    }
    if (!json_is_array (value) || n > MAX_ENTRIES)
        return refuse (name, "a list of strings", err);
    json_add_strings (value, list);
    return list->n == n ? 0 : refuse (name, "a list of strings", err);
}

static int read_string (const json_t *object, const char *name, char **text,
                        struct err *err)
{
    const json_t *value = json_member (object, name);

    if (!value || json_is_null (value))
        return 0;
    if (!json_is_string (value))
        return refuse (name, "a string", err);
    if (json_string_length (value) > 0)
        *text = xstrdup (json_string_value (value));
    return 0;
}

// Entries that are no NAME=VALUE can not be set; Docker drops them too.
static void drop_malformed (struct strlist *env)
{
    for (size_t i = env->n; i-- > 0;)
        if (env->items[i][0] == '=' || !strchr (env->items[i], '='))
            strlist_remove (env, i);
}

int image_config_read (const json_t *json, struct image_config *config,
                       struct err *err)
{
    const json_t *object = json_member (json, "config");

    *config = (struct image_config){0};
    // images of old kept it under this name only
    if (!json_is_object (object))
        object = json_member (json, "container_config");
    if (read_strings (object, "Entrypoint", &config->entrypoint, err) < 0 ||
        read_strings (object, "Cmd", &config->cmd, err) < 0 ||
        read_strings (object, "Env", &config->env, err) < 0 ||
        read_string (object, "WorkingDir", &config->workdir, err) < 0 ||
        read_string (object, "User", &config->user, err) < 0)
        return -1;
    drop_malformed (&config->env);
    return 0;
}

void image_config_clear (struct image_config *config)
{
    strlist_free (&config->entrypoint);
    strlist_free (&config->cmd);
    strlist_free (&config->env);
    free (config->workdir);
    free (config->user);
    *config = (struct image_config){0};
}
