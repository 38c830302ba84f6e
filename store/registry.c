/* registry.c - where a registry is, and the manifests it has
 *
 * The first request settles whether the registry speaks https or, where that
 * is permitted, plain http.  Blobs are fetched by download.c.
 */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "store/checksum.h"
#include "store/manifest.h"
#include "store/registry.h"

#define DOCKER_REGISTRY "https://registry-1.docker.io"
#define MANIFEST_TYPES                                            \
    "application/vnd.oci.image.index.v1+json, "                   \
    "application/vnd.oci.image.manifest.v1+json, "                \
    "application/vnd.docker.distribution.manifest.list.v2+json, " \
    "application/vnd.docker.distribution.manifest.v2+json"

static bool has_prefix (const char *text, const char *prefix)
{
    return strncasecmp (text, prefix, strlen (prefix)) == 0;
}

// 'text' as a URL with a scheme and no slash at its end.
static char *complete_url (const char *text)
{
    char *url = strstr (text, "://") ? xstrdup (text)
                                     : xasprintf ("https://%s", text);
    size_t n = strlen (url);

    while (n > 0 && url[n - 1] == '/')
        url[--n] = '\0';
    return url;
}

static char *choose_url (const struct reference *ref,
                         const struct pull_options *options)
{
    if (options->registry && options->registry[0])
        return complete_url (options->registry);
    if (ref->host)
        return complete_url (ref->host);
    if (options->default_registry && options->default_registry[0])
        return complete_url (options->default_registry);
    return xstrdup (DOCKER_REGISTRY);
}

static int check_url (const char *url, struct err *err)
{
    if (!has_prefix (url, "https://") && !has_prefix (url, "http://"))
        return err_set (err, 0, "registry '%s' is not of http or https", url);
    // what it holds would show up in messages and in the list of processes
    if (strchr (url, '@'))
        return err_set (err, 0, "the registry's URL may hold no user name");
    return 0;
}

/* "library/" is a folder of Docker's registry, and of its mirrors that the
 * configuration may name. */
static const char *choose_repository (const struct reference *ref,
                                      const struct pull_options *options)
{
    if (!ref->host && options->registry && options->registry[0] &&
        !strstr (options->registry, "docker.io") && !strchr (ref->name, '/'))
        return ref->name;
    return ref->path;
}

static int check_repository (const char *repository, struct err *err)
{
    for (const char *c = repository; *c; c++) {
        if (*c >= 'A' && *c <= 'Z')
            return err_set (err, 0,
                            "the names of a registry's images are in "
                            "lower case");
    }
    return 0;
}

// An empty setting is none; to libcurl it would be one.
static const char *or_null (const char *setting)
{
    return setting && setting[0] ? setting : NULL;
}

struct registry *registry_open (const struct reference *ref,
                                const struct pull_options *options,
                                struct err *err)
{
    scoped_registry struct registry *registry = xcalloc (1, sizeof (*registry));
    struct fetch_source *source = &registry->source;

    registry->timeout_s = options->timeout_s;
    source->url = choose_url (ref, options);
    source->repository = xstrdup (choose_repository (ref, options));
    source->options = (struct http_options){
        .proxy = or_null (options->proxy),
        .user_agent = or_null (options->user_agent),
        .insecure = options->insecure,
        .connect_timeout_s = options->connect_timeout_s,
    };
    registry->may_be_http = has_prefix (source->url, "https://") &&
                            (options->insecure ||
                             http_is_loopback (source->url));
    if (check_url (source->url, err) < 0 ||
        check_repository (source->repository, err) < 0)
        return NULL;
    source->http = http_create (&source->options, err);
    return source->http ? ptr_take (&registry) : NULL;
}

void registry_close (struct registry *registry)
{
    if (!registry)
        return;
    http_destroy (registry->source.http);
    free (registry->source.url);
    free (registry->source.repository);
    free (registry->source.token);
    free (registry);
}

static int take_body (void *arg, const void *bytes, size_t n, struct err *err)
{
    struct strbuf *body = arg;

    strbuf_add (body, bytes, n);
    if (body->cut)
        return err_set (err, 0,
                        "its manifest is larger than the %d bytes allowed",
                        MANIFEST_MAX_BYTES);
    return 0;
}

static int fetch_manifest (struct registry *registry, const char *name,
                           struct fetch *fetch, struct err *err)
{
    scoped_free char *url = xasprintf ("%s/v2/%s/manifests/%s",
                                       registry->source.url,
                                       registry->source.repository, name);
    int result;

    fetch->url = url;
    result = fetch_all (&registry->source, fetch, 1, 1, err);
    fetch->url = NULL;
    return result;
}

// Whether to ask again, by plain http.
static bool falls_back (struct registry *registry, const struct fetch *fetch)
{
    char *url = registry->source.url;

    if (!registry->may_be_http || !fetch->no_tls)
        return false;
    registry->source.url = xasprintf ("http://%s", strstr (url, "://") + 3);
    free (url);
    return true;
}

static int verify (const char *name, const struct fetch *fetch,
                   const struct strbuf *body, struct err *err)
{
    const char *digest = digest_is_valid (name) ? name : fetch->digest;

    if (!digest_is_valid (digest))
        return 0;
    return checksum_verify (digest, body->text, body->len, "its manifest", err);
}

char *registry_manifest (struct registry *registry, const char *name,
                         size_t *n_bytes, struct err *err)
{
    scoped_free char *what = xasprintf ("'%s' with tag '%s'",
                                        registry->source.repository, name);
    scoped_strbuf struct strbuf body;
    struct fetch fetch = {
        .what = what,
        .accept = MANIFEST_TYPES,
        .timeout_s = registry->timeout_s,
        .body = take_body,
        .arg = &body,
    };
    struct err why = {0};
    int result;

    strbuf_init (&body, MANIFEST_MAX_BYTES);
    result = fetch_manifest (registry, name, &fetch, &why);
    if (result < 0 && falls_back (registry, &fetch))
        result = fetch_manifest (registry, name, &fetch, &why);
    registry->may_be_http = false;
    if (result < 0 && err)
        *err = why;
    if (result < 0 || verify (name, &fetch, &body, err) < 0)
        return NULL;
    *n_bytes = body.len;
    return strbuf_detach (&body);
}

char *registry_blob_url (const struct registry *registry, const char *digest)
{
    return xasprintf ("%s/v2/%s/blobs/%s", registry->source.url,
                      registry->source.repository, digest);
}
