/* features.c - what was built in, and what this machine has of it */
#include <archive.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <jansson.h>
#include <seccomp.h>

#include "launcher/features.h"

static void show_opened (struct strbuf *out, const char *name,
                         const char *const *sonames)
{
    for (; *sonames; sonames++) {
        void *handle = dlopen (*sonames, RTLD_LAZY | RTLD_LOCAL);

        if (!handle)
            continue;
        dlclose (handle);
        strbuf_addf (out, "%s: built in, found here as %s\n", name, *sonames);
        return;
    }
    strbuf_addf (out, "%s: built in, not found on this machine\n", name);
}

static void show_optional (struct strbuf *out)
{
#ifdef HAVE_HWLOC
    static const char *const hwloc[] = {"libhwloc.so.15", "libhwloc.so.5",
                                        NULL};
    show_opened (out, "hwloc", hwloc);
#else
    strbuf_adds (out, "hwloc: left out\n");
#endif
#ifdef HAVE_PMIX
    static const char *const pmix[] = {"libpmix.so.2", NULL};
    show_opened (out, "pmix", pmix);
#else
    strbuf_adds (out, "pmix: left out\n");
#endif
#ifdef HAVE_SLURM
    strbuf_adds (out, "slurm: built in\n");
#else
    strbuf_adds (out, "slurm: left out\n");
#endif
}

void features_show (struct strbuf *out)
{
    strbuf_addf (out, "curl: %s\n",
                 curl_version_info (CURLVERSION_NOW)->version);
    strbuf_addf (out, "libarchive: %s\n", archive_version_string ());
    strbuf_addf (out, "jansson: %s\n", JANSSON_VERSION);
    strbuf_addf (out, "seccomp: %d.%d.%d\n", SCMP_VER_MAJOR, SCMP_VER_MINOR,
                 SCMP_VER_MICRO);
    show_optional (out);
}
