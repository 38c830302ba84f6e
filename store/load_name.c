/* load_name.c - what loaded images are called
 *
 * The name is the caller's, else the archive's.  An OCI layout often has no
 * more than a tag; then the name is made up, as udocker does.
 */
#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "store/load_impl.h"
#include "store/reference.h"

enum {
    RANDOM_CHARS = 16 // of a name that is made up
};

// What other programs write before the names of images of Docker Hub.
static const char *const hub_prefixes[] = {"docker.io/library/", "docker.io/"};

static const char *without_hub (const char *name)
{
    for (size_t i = 0; i < sizeof (hub_prefixes) / sizeof (hub_prefixes[0]);
         i++) {
        size_t n = strlen (hub_prefixes[i]);

        if (strncmp (name, hub_prefixes[i], n) == 0)
            return name + n;
    }
    return name;
}

static char *random_name (struct err *err)
{
    unsigned char bytes[RANDOM_CHARS];
    char name[RANDOM_CHARS + 1] = "";

    if (random_bytes (bytes, sizeof (bytes)) < 0)
        return err_null (err, errno, "cannot make up a name");
    for (size_t i = 0; i < RANDOM_CHARS; i++)
        name[i] = (char)('a' + bytes[i] % 26);
    return xstrdup (name);
}

// Add 'text' as NAME:TAG, once.
static int add_tag (struct load_image *image, const char *text, struct err *err)
{
    struct reference ref = {0};
    scoped_free char *full = NULL;
    int rc = 0;

    if (reference_parse (text, &ref, err) < 0)
        return -1;
    full = xasprintf ("%s:%s", ref.name, reference_dir (&ref));
    if (ref.digest)
        rc = err_set (err, 0, "'%s': a digest cannot be given to an image",
                      text);
    else if (strlist_find (&image->tags, full) < 0)
        strlist_add (&image->tags, full);
    reference_clear (&ref);
    return rc;
}

// The tag in a name of the archive; NULL when it has none.
static const char *tag_of (const char *name)
{
    const char *slash = strrchr (name, '/');
    const char *colon = strrchr (slash ? slash : name, ':');

    return colon && colon[1] ? colon + 1 : NULL;
}

// Names for an image whose archive says none, or of a tag alone.
static int add_made_up (struct load_image *image, const char *tag,
                        struct err *err)
{
    scoped_free char *name = random_name (err);
    scoped_free char *text = NULL;

    if (!name)
        return -1;
    text = xasprintf ("%s%s", name, tag);
    return add_tag (image, text, err);
}

static int add_own (struct load_image *image, struct err *err)
{
    for (size_t i = 0; i < image->names.n; i++) {
        const char *name = without_hub (image->names.items[i]);
        int rc = *name == ':' ? add_made_up (image, name, err)
                              : add_tag (image, name, err);

        if (rc < 0)
            return err_hint (err, "give another NAME");
    }
    return image->tags.n > 0 ? 0 : add_made_up (image, "", err);
}

// The caller's name, with the tags of the archive where it has none itself.
static int add_given (struct load_image *image, const char *given,
                      struct err *err)
{
    if (tag_of (given) || image->names.n == 0)
        return add_tag (image, given, err);
    for (size_t i = 0; i < image->names.n; i++) {
        const char *tag = tag_of (image->names.items[i]);
        scoped_free char *text = xasprintf ("%s:%s", given,
                                            tag ? tag : "latest");

        if (add_tag (image, text, err) < 0)
            return -1;
    }
    return 0;
}

static int check_distinct (const struct load_images *images, size_t at,
                           struct err *err)
{
    const struct strlist *tags = &images->items[at].tags;

    for (size_t i = 0; i < at; i++) {
        for (size_t j = 0; j < tags->n; j++) {
            if (strlist_find (&images->items[i].tags, tags->items[j]) >= 0)
                return err_set (err, 0,
                                "the archive has %zu images, and two of them "
                                "would be '%s'",
                                images->n, tags->items[j]);
        }
    }
    return 0;
}

int load_name (struct load_images *images, const char *name, struct err *err)
{
    for (size_t i = 0; i < images->n; i++) {
        struct load_image *image = &images->items[i];
        int rc = name ? add_given (image, name, err) : add_own (image, err);

        if (rc < 0 || check_distinct (images, i, err) < 0)
            return -1;
    }
    return 0;
}
