/* image_platform.c - what machines an image is for */
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "launcher/image_platform.h"
#include "store/image.h"
#include "store/reference.h"

char *config_platform (const json_t *config)
{
    const char *os = json_member_str (config, "os");
    const char *arch = json_member_str (config, "architecture");

    return xasprintf ("%s/%s", os && *os ? os : "unknown",
                      arch && *arch ? arch : "unknown");
}

static json_t *read_config (const struct repo *repo, const char *name)
{
    struct reference ref = {0};
    scoped_fd int tag_dirfd = -1;

    if (reference_parse (name, &ref, NULL) < 0)
        return NULL;
    tag_dirfd = image_open (repo, &ref, NULL);
    reference_clear (&ref);
    return tag_dirfd < 0 ? NULL : image_config (repo, tag_dirfd, NULL);
}

char *image_platform (const struct repo *repo, const char *name)
{
    scoped_json json_t *config = read_config (repo, name);

    return config_platform (config);
}
