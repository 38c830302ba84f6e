#ifndef LAUNCHER_CONFIG_H
#define LAUNCHER_CONFIG_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "base/strlist.h"
#include "store/repo.h"

/* The configuration: one field per key of the files, under the key's name.
 * Strings are NULL when they are not set; maps are lists of KEY=VALUE. */
struct config {
    long verbose_level; // 0 to 5, see base/log.h
    char *topdir;       // the repository; never NULL once loaded
    char *bindir;       // parts of it that are elsewhere
    char *libdir;
    char *docdir;
    char *reposdir;
    char *layersdir;
    char *containersdir;
    char *homedir;               // the user's home directory, or NULL
    char *tmpdir;                // for files that do not stay
    char *keystore;              // credentials; relative to ~/.udocker
    char *tarball;               // udocker's tools, for `install`
    struct strlist cmd;          // program of an image that names none
    char *root_path;             // PATH of an image that has none, as root
    char *user_path;             // and as a user
    struct strlist sysdirs_list; // of the host, in every container
    struct strlist dri_list;     // directories of graphics drivers
    struct strlist mountpoint_prefixes;     // where mount points are remembered
    char *default_execution_mode;           // NULL: what this version prefers
    struct strlist default_execution_modes; // the same by architecture
    bool proot_noseccomp;
    bool proot_killonexit;
    bool proot_link2symlink;
    char *proot_tmp_dir;
    char *fakechroot_so;
    char *fakechroot_libc;
    char *fakechroot_cmd_subst;
    bool fakechroot_expand_symlinks;
    bool runc_nomqueue;
    struct strlist runc_capabilities;
    struct strlist singularity_options;
    char *use_curl_executable; // external programs that are forced
    char *use_proot_executable;
    char *use_runc_executable;
    char *use_singularity_executable;
    char *use_patchelf_executable;
    struct strlist valid_host_env;   // passed without --hostenv
    struct strlist invalid_host_env; // never passed
    char *http_proxy;
    long timeout;          // seconds, for small answers
    long download_timeout; // seconds, for one layer
    long ctimeout;         // seconds, to connect
    char *http_agent;
    bool http_insecure;
    char *dockerio_index_url;
    char *dockerio_registry_url;
    char *docker_registries;     // as written
    struct strlist nvi_etc_list; // files of the NVIDIA driver
    struct strlist nvi_bin_list;
    struct strlist nvi_lib_list;
    struct strlist nvi_dev_list;
    struct strlist access_files; // hosts files kept consistent
};

// What decides where the configuration comes from.
struct config_sources {
    const char *repo;      // --repo, or NULL
    const char *file_path; // --config, or NULL
};

/* Merge the defaults, /etc/udocker.conf, ~/.udocker/udocker.conf, the
 * repository's udocker.conf, the file of --config, the environment and
 * --repo; later ones win.  Files that do not exist are left out, but for
 * --config.  0, or -1 with 'err' naming file and line.  The caller clears
 * 'config' in either case. */
int config_load (struct config *config, const struct config_sources *sources,
                 struct err *err);
void config_clear (struct config *config);

/* All keys at their defaults. */
void config_defaults (struct config *config);

/* Set key 'name' (of a file) from the Python literal 'text'.  0; -1 with 'err'
 * when the value is malformed; unknown keys are ignored, with a message at
 * the debug level. */
int config_set (struct config *config, const char *name, const char *text,
                struct err *err);

/* Add the configuration as the text of a file that would make it. */
void config_show (const struct config *config, struct strbuf *out);

/* The execution mode of containers that were set up for none. */
const char *config_default_mode (const struct config *config);

/* The repository that the configuration names; the caller clears it. */
void config_repo_paths (const struct config *config, struct repo_paths *paths);

#endif
