/* reference.c - the names of images, by Docker's grammar
 *
 * One wider than the grammar: upper-case letters pass in a path, since udocker
 * lets images that were imported have them; a registry will not know such a
 * name.  Every part becomes the name of a directory, so "." and ".." must not
 * pass, and do not: parts begin and end with a letter or digit.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/scope.h"
#include "store/digest.h"
#include "store/reference.h"

enum {
    NAME_MAX_CHARS = 255, // of host and path together
    TAG_MAX_CHARS = 128,
};

// Registries that are names of the default one.
static const char *const docker_hosts[] = {
    "docker.io",
    "index.docker.io",
    "registry-1.docker.io",
};

static bool is_alnum (char c)
{
    return isascii ((unsigned char)c) && isalnum ((unsigned char)c);
}

/* Letters and digits, parted by one '.', one or two '_', or any number of
 * '-'. */
static bool is_path_part (const char *at, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t n_sep = 0;

        if (!is_alnum (at[i]))
            return false;
        while (i < n && is_alnum (at[i]))
            i++;
        while (i + n_sep < n && strchr ("._-", at[i + n_sep]) &&
               at[i + n_sep] == at[i])
            n_sep++;
        if ((n_sep > 1 && at[i] == '.') || (n_sep > 2 && at[i] == '_'))
            return false;
        i += n_sep;
        if (n_sep > 0 && i == n)
            return false;
    }
    return n > 0;
}

static bool is_path (const char *path)
{
    const char *at = path;

    while (true) {
        size_t n = strcspn (at, "/");

        if (!is_path_part (at, n))
            return false;
        if (!at[n])
            return true;
        at += n + 1;
    }
}

// Labels of letters, digits and inner '-', parted by single dots.
static bool is_domain (const char *at, size_t n)
{
    if (n == 0 || !is_alnum (at[0]) || !is_alnum (at[n - 1]))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool edge = i > 0 && (at[i - 1] == '.' || at[i + 1] == '.');

        if (!is_alnum (at[i]) && at[i] != '.' && at[i] != '-')
            return false;
        if (!is_alnum (at[i]) && edge)
            return false;
    }
    return true;
}

static bool is_ipv6 (const char *at, size_t n)
{
    return n > 4 && at[0] == '[' && at[n - 1] == ']' &&
           strspn (at + 1, "0123456789abcdefABCDEF:.") == n - 2;
}

static bool is_host (const char *host)
{
    const char *bracket = strrchr (host, ']');
    const char *port = strrchr (bracket ? bracket : host, ':');
    size_t n = port ? (size_t)(port - host) : strlen (host);
    long number;

    if (port && num_parse (port + 1, 1, 65535, &number) < 0)
        return false;
    return is_domain (host, n) || is_ipv6 (host, n);
}

static bool is_tag (const char *tag)
{
    size_t n = 0;

    if (!is_alnum (tag[0]) && tag[0] != '_')
        return false;
    while (is_alnum (tag[n]) || (tag[n] && strchr ("_.-", tag[n])))
        n++;
    return !tag[n] && n <= TAG_MAX_CHARS;
}

static bool is_docker_host (const char *host)
{
    for (size_t i = 0; i < sizeof (docker_hosts) / sizeof (docker_hosts[0]);
         i++) {
        if (strcmp (host, docker_hosts[i]) == 0)
            return true;
    }
    return false;
}

// The part before the first '/', when it is a host and not part of the path.
static char *take_host (const char *name)
{
    size_t n = strcspn (name, "/");
    scoped_free char *first = xstrndup (name, n);

    if (!name[n] ||
        (!strpbrk (first, ".:") && strcmp (first, "localhost") != 0))
        return NULL;
    return ptr_take (&first);
}

static int check_parts (const char *text, const struct reference *ref,
                        const char *path, struct err *err)
{
    if (ref->digest && !digest_is_valid (ref->digest))
        return err_set (err, 0, "'%s' is no image name: malformed digest '%s'",
                        text, ref->digest);
    if (ref->tag && !is_tag (ref->tag))
        return err_set (err, 0, "'%s' is no image name: malformed tag '%s'",
                        text, ref->tag);
    if (ref->host && !is_host (ref->host))
        return err_set (err, 0, "'%s' is no image name: malformed host '%s'",
                        text, ref->host);
    if (strlen (ref->name) > NAME_MAX_CHARS)
        return err_set (err, 0, "an image name has more than %d characters",
                        NAME_MAX_CHARS);
    if (!is_path (path))
        return err_set (err, 0, "'%s' is no image name: malformed path '%s'",
                        text, path);
    return 0;
}

// Cut 'name' at the last 'mark' that comes after 'from', and take what follows.
static char *cut_behind (char *name, const char *from, char mark)
{
    char *at = strrchr (name, mark);

    if (!at || (from && at < from))
        return NULL;
    *at = '\0';
    return xstrdup (at + 1);
}

int reference_parse (const char *text, struct reference *ref, struct err *err)
{
    const char *path;

    *ref = (struct reference){.name = xstrdup (text)};
    ref->digest = cut_behind (ref->name, NULL, '@');
    // a ':' before the last '/' is that of the port
    ref->tag = cut_behind (ref->name, strrchr (ref->name, '/'), ':');
    ref->host = take_host (ref->name);
    path = ref->name + (ref->host ? strlen (ref->host) + 1 : 0);
    if (check_parts (text, ref, path, err) < 0) {
        reference_clear (ref);
        return -1;
    }
    if (!ref->tag && !ref->digest)
        ref->tag = xstrdup ("latest");
    if (ref->host && is_docker_host (ref->host))
        free (ptr_take (&ref->host));
    ref->path = !ref->host && !strchr (path, '/')
                    ? xasprintf ("library/%s", path)
                    : xstrdup (path);
    return 0;
}

const char *reference_dir (const struct reference *ref)
{
    return ref->tag ? ref->tag : ref->digest;
}

void reference_clear (struct reference *ref)
{
    free (ref->host);
    free (ref->path);
    free (ref->tag);
    free (ref->digest);
    free (ref->name);
    *ref = (struct reference){0};
}
