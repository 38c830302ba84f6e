/* features.c - what was built in, and what this machine has of it */
#include <archive.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <jansson.h>
#include <seccomp.h>
#include <stdbool.h>

#include "launcher/features.h"

enum {
#ifdef HAVE_HWLOC
    WITH_HWLOC = true,
#else
    WITH_HWLOC = false,
#endif
#ifdef HAVE_PMIX
    WITH_PMIX = true,
#else
    WITH_PMIX = false,
#endif
#ifdef HAVE_SLURM
    WITH_SLURM = true,
#else
    WITH_SLURM = false,
#endif
};

// Libraries and programs that are there only for those who want them.
static const struct {
    const char *name;
    bool built_in;
    const char *sonames[2]; // opened when it is needed; the first that is found
} optional[] = {
    {"hwloc", WITH_HWLOC, {"libhwloc.so.15", "libhwloc.so.5"}},
    {"pmix", WITH_PMIX, {"libpmix.so.2"}},
    {"slurm", WITH_SLURM, {NULL}},
};

static const char *find_library (const char *const *sonames)
{
    for (int i = 0; i < 2 && sonames[i]; i++) {
        void *handle = dlopen (sonames[i], RTLD_LAZY | RTLD_LOCAL);

        if (!handle)
            continue;
        dlclose (handle);
        return sonames[i];
    }
    return NULL;
}

static void show_optional (struct strbuf *out, size_t i)
{
    const char *found = NULL;

    strbuf_addf (out, "%s: %s", optional[i].name,
                 optional[i].built_in ? "built in" : "left out");
    if (optional[i].built_in && optional[i].sonames[0]) {
        found = find_library (optional[i].sonames);
        strbuf_addf (out, ", %s%s",
                     found ? "found here as " : "not on this machine",
                     found ? found : "");
    }
    strbuf_addc (out, '\n');
}

void features_show (struct strbuf *out)
{
    strbuf_addf (out, "curl: %s\n",
                 curl_version_info (CURLVERSION_NOW)->version);
    strbuf_addf (out, "libarchive: %s\n",
                 archive_version_string () + sizeof ("libarchive"));
    strbuf_addf (out, "jansson: %s\n", JANSSON_VERSION);
    strbuf_addf (out, "seccomp: %d.%d.%d\n", SCMP_VER_MAJOR, SCMP_VER_MINOR,
                 SCMP_VER_MICRO);
    for (size_t i = 0; i < sizeof (optional) / sizeof (optional[0]); i++)
        show_optional (out, i);
}
