/* import_config.c - the configuration of what came as files alone */
#include <time.h>

#include "base/json.h"
#include "store/import_impl.h"
#include "store/platform.h"

static json_t *now (void)
{
    time_t seconds = time (NULL);
    char text[32] = "1970-01-01T00:00:00Z";
    struct tm parts;

    if (gmtime_r (&seconds, &parts))
        strftime (text, sizeof (text), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return json_string (text);
}

json_t *import_config (const char *platform, const char *diff_id,
                       struct err *err)
{
    struct platform is;
    json_t *config;

    platform_host (&is);
    if (platform && platform_parse (platform, &is, err) < 0)
        return NULL;
    config = json_pack ("{s:s, s:s, s:o, s:s, s:{}}", "architecture", is.arch,
                        "os", is.os, "created", now (), "comment",
                        "imported by udocker", "config");
    if (!config) // JSON is UTF-8
        return err_null (err, 0, "'%s' is no platform", platform);
    if (is.variant[0])
        json_object_set_new (config, "variant", json_string (is.variant));
    if (diff_id)
        json_object_set_new (
            config, "rootfs",
            json_pack ("{s:s, s:[s]}", "type", "layers", "diff_ids", diff_id));
    return config;
}
