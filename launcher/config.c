/* config.c - the configuration, merged from all its sources
 *
 * One table has every key with its type, its environment variable and its
 * default; reading, showing and freeing follow it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/io.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/scope.h"
#include "base/sysroot.h"
#include "launcher/config.h"
#include "launcher/config_file.h"
#include "launcher/config_value.h"

#define FIELD(name) #name, offsetof(struct config, name)

// One key.
struct key {
    const char *name;     // in files
    size_t offset;        // of its field
    enum value_type type; // of that
    const char *env;      // variable that overrides the files, or NULL
    const char *fallback; // the default, as a literal; NULL: None
};

static const struct key keys[] = {
    {FIELD (verbose_level), VALUE_INT, "UDOCKER_LOGLEVEL", "3"},
    {FIELD (topdir), VALUE_STRING, "UDOCKER_DIR", NULL},
    {FIELD (bindir), VALUE_STRING, "UDOCKER_BIN", NULL},
    {FIELD (libdir), VALUE_STRING, "UDOCKER_LIB", NULL},
    {FIELD (docdir), VALUE_STRING, "UDOCKER_DOC", NULL},
    {FIELD (reposdir), VALUE_STRING, "UDOCKER_REPOS", NULL},
    {FIELD (layersdir), VALUE_STRING, "UDOCKER_LAYERS", NULL},
    {FIELD (containersdir), VALUE_STRING, "UDOCKER_CONTAINERS", NULL},
    {FIELD (homedir), VALUE_STRING, NULL, NULL},
    {FIELD (tmpdir), VALUE_STRING, "UDOCKER_TMP", "/tmp"},
    {FIELD (keystore), VALUE_STRING, "UDOCKER_KEYSTORE", "keystore"},
    {FIELD (tarball), VALUE_STRING, "UDOCKER_TARBALL", NULL},
    {FIELD (cmd), VALUE_LIST, NULL, "bash, -i"},
    {FIELD (root_path), VALUE_STRING, NULL, "/usr/sbin:/sbin:/usr/bin:/bin"},
    {FIELD (user_path), VALUE_STRING, NULL,
     "/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"},
    {FIELD (sysdirs_list), VALUE_LIST, NULL,
     "/dev, /proc, /sys, /etc/resolv.conf, /etc/host.conf, /lib/modules"},
    {FIELD (dri_list), VALUE_LIST, NULL,
     "/usr/lib64/dri, /lib64/dri, /usr/lib/dri, /lib/dri"},
    {FIELD (mountpoint_prefixes), VALUE_LIST, NULL, "/etc"},
    {FIELD (default_execution_mode), VALUE_STRING,
     "UDOCKER_DEFAULT_EXECUTION_MODE", NULL},
    {FIELD (default_execution_modes), VALUE_MAP, NULL, NULL},
    {FIELD (proot_noseccomp), VALUE_BOOL, "PROOT_NO_SECCOMP", NULL},
    {FIELD (proot_killonexit), VALUE_BOOL, NULL, "True"},
    {FIELD (proot_link2symlink), VALUE_BOOL, NULL, "False"},
    {FIELD (proot_tmp_dir), VALUE_STRING, "PROOT_TMP_DIR", NULL},
    {FIELD (fakechroot_so), VALUE_STRING, "UDOCKER_FAKECHROOT_SO", NULL},
    {FIELD (fakechroot_libc), VALUE_STRING, "UDOCKER_FAKECHROOT_LIBC", NULL},
    {FIELD (fakechroot_cmd_subst), VALUE_STRING, "UDOCKER_FAKECHROOT_CMD_SUBST",
     NULL},
    {FIELD (fakechroot_expand_symlinks), VALUE_BOOL,
     "UDOCKER_FAKECHROOT_EXPAND_SYMLINKS", NULL},
    {FIELD (runc_nomqueue), VALUE_BOOL, NULL, NULL},
    {FIELD (runc_capabilities), VALUE_LIST, NULL, NULL},
    {FIELD (singularity_options), VALUE_LIST, NULL, "-w"},
    {FIELD (use_curl_executable), VALUE_STRING, "UDOCKER_USE_CURL_EXECUTABLE",
     NULL},
    {FIELD (use_proot_executable), VALUE_STRING, "UDOCKER_USE_PROOT_EXECUTABLE",
     NULL},
    {FIELD (use_runc_executable), VALUE_STRING, "UDOCKER_USE_RUNC_EXECUTABLE",
     NULL},
    {FIELD (use_singularity_executable), VALUE_STRING,
     "UDOCKER_USE_SINGULARITY_EXECUTABLE", NULL},
    {FIELD (use_patchelf_executable), VALUE_STRING,
     "UDOCKER_USE_PATCHELF_EXECUTABLE", NULL},
    {FIELD (valid_host_env), VALUE_LIST, NULL, "TERM, PATH, PROOT_TMP_DIR"},
    {FIELD (invalid_host_env), VALUE_LIST, NULL, "VTE_VERSION"},
    {FIELD (http_proxy), VALUE_STRING, NULL, NULL},
    {FIELD (timeout), VALUE_INT, NULL, "12"},
    {FIELD (download_timeout), VALUE_INT, NULL, "1800"},
    {FIELD (ctimeout), VALUE_INT, NULL, "6"},
    {FIELD (http_agent), VALUE_STRING, NULL, NULL},
    {FIELD (http_insecure), VALUE_BOOL, NULL, "False"},
    {FIELD (dockerio_index_url), VALUE_STRING, "UDOCKER_INDEX",
     "https://hub.docker.com"},
    {FIELD (dockerio_registry_url), VALUE_STRING, "UDOCKER_REGISTRY",
     "https://registry-1.docker.io"},
    {FIELD (docker_registries), VALUE_STRING, NULL, NULL},
    {FIELD (nvi_etc_list), VALUE_LIST, NULL,
     "vulkan/icd.d/nvidia_icd.json, OpenCL/vendors/nvidia.icd"},
    {FIELD (nvi_bin_list), VALUE_LIST, NULL,
     "nvidia-bug-report.sh, nvidia-cuda-mps-control, nvidia-cuda-mps-server, "
     "nvidia-debugdump, nvidia-installer, nvidia-persistenced, "
     "nvidia-settings, nvidia-smi, nvidia-uninstall, nvidia-xconfig"},
    {FIELD (nvi_lib_list), VALUE_LIST, NULL,
     "libOpenCL, libcuda, libnvcuvid, libnvidia-cfg, libnvidia-compiler, "
     "libnvidia-encode, libnvidia-fatbinaryloader, libnvidia-fbc, "
     "libnvidia-ifr, libnvidia-ml, libnvidia-opencl, "
     "libnvidia-ptxjitcompiler, libnvidia-tls, tls/libnvidia-tls"},
    {FIELD (nvi_dev_list), VALUE_LIST, NULL, "/dev/nvidia*"},
    {FIELD (access_files), VALUE_LIST, NULL, NULL},
};

enum { N_KEYS = sizeof (keys) / sizeof (keys[0]) };

static void *field_of (const struct config *config, const struct key *key)
{
    return (char *)config + key->offset;
}

void config_clear (struct config *config)
{
    for (size_t i = 0; i < N_KEYS; i++)
        config_value_clear (keys[i].type, field_of (config, &keys[i]));
}

void config_defaults (struct config *config)
{
    *config = (struct config){0};
    for (size_t i = 0; i < N_KEYS; i++)
        if (keys[i].fallback)
            config_value_parse (keys[i].type, keys[i].fallback,
                                field_of (config, &keys[i]), NULL);
}

int config_set (struct config *config, const char *name, const char *text,
                struct err *err)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp (keys[i].name, name) != 0)
            continue;
        if (config_value_parse (keys[i].type, text, field_of (config, &keys[i]),
                                err) < 0)
            return err_prefix (err, "%s", name);
        return 0;
    }
    log_msg (LOG_DEBUG, "configuration key '%s' is not known, ignored", name);
    return 0;
}

static int take_pair (const char *key, const char *value, void *arg,
                      struct err *err)
{
    return config_set (arg, key, value, err);
}

static int parse_text (struct config *config, const char *path,
                       const char *text, struct err *err)
{
    log_msg (LOG_DEBUG, "configuration from '%s'", path);
    return config_file_parse (text, path, take_pair, config, err);
}

// A file that need not be there.
static int read_file (struct config *config, const char *path, struct err *err)
{
    scoped_free char *text = NULL;
    struct err why = {0};

    text = io_read_file (AT_FDCWD, path, CONFIG_FILE_MAX_BYTES, NULL, &why);
    if (text)
        return parse_text (config, path, text, err);
    if (why.code == ENOENT || why.code == ENOTDIR)
        return 0;
    return err_set (err, 0, "%s", why.text);
}

static int read_system_file (struct config *config, struct err *err)
{
    static const char path[] = "/etc/udocker.conf";
    struct err why = {0};
    scoped_free char *text = sysroot_read (path, CONFIG_FILE_MAX_BYTES, &why);

    if (text)
        return parse_text (config, path, text, err);
    return why.code == ENOENT ? 0 : err_set (err, 0, "%s", why.text);
}

static int take_env (struct config *config, struct err *err)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        const char *text = keys[i].env ? getenv (keys[i].env) : NULL;
        void *field = field_of (config, &keys[i]);

        if (!text || !*text)
            continue;
        if (keys[i].type == VALUE_STRING)
            config_value_set_string (field, text);
        else if (config_value_parse (keys[i].type, text, field, err) < 0)
            return err_prefix (err, "environment variable %s", keys[i].env);
    }
    return 0;
}

static void set_absolute (char **field, const char *path)
{
    char *absolute = io_absolute (path);

    free (*field);
    *field = absolute;
}

// --repo names the whole repository, whatever else says where parts of it are.
static void take_repo (struct config *config, const char *repo)
{
    char **const parts[] = {&config->bindir,    &config->libdir,
                            &config->docdir,    &config->reposdir,
                            &config->layersdir, &config->containersdir};

    set_absolute (&config->topdir, repo);
    for (size_t i = 0; i < sizeof (parts) / sizeof (*parts); i++)
        config_value_clear (VALUE_STRING, parts[i]);
}

static char *default_topdir (const struct config *config)
{
    const char *home = config->homedir ? config->homedir : getenv ("HOME");

    return home && *home ? xasprintf ("%s/.udocker", home) : NULL;
}

// The directory of the repository's own file, as far as is known by now.
static const char *early_topdir (const struct config *config,
                                 const struct config_sources *sources)
{
    const char *env = getenv ("UDOCKER_DIR");

    if (sources->repo)
        return sources->repo;
    return env && *env ? env : config->topdir;
}

static int read_files (struct config *config,
                       const struct config_sources *sources, struct err *err)
{
    scoped_free char *user_dir = default_topdir (config);
    scoped_free char *user_path = NULL;
    scoped_free char *repo_path = NULL;
    const char *topdir;

    if (read_system_file (config, err) < 0)
        return -1;
    if (user_dir)
        user_path = xasprintf ("%s/udocker.conf", user_dir);
    if (user_path && read_file (config, user_path, err) < 0)
        return -1;
    topdir = early_topdir (config, sources);
    if (!topdir || (user_dir && strcmp (topdir, user_dir) == 0))
        return 0;
    repo_path = xasprintf ("%s/udocker.conf", topdir);
    return read_file (config, repo_path, err);
}

static int read_named_file (struct config *config, const char *path,
                            struct err *err)
{
    scoped_free char *text = io_read_file (AT_FDCWD, path,
                                           CONFIG_FILE_MAX_BYTES, NULL, err);

    return text ? parse_text (config, path, text, err) : -1;
}

int config_load (struct config *config, const struct config_sources *sources,
                 struct err *err)
{
    config_defaults (config);
    if (read_files (config, sources, err) < 0 ||
        (sources->file_path &&
         read_named_file (config, sources->file_path, err) < 0) ||
        take_env (config, err) < 0)
        return -1;
    if (sources->repo)
        take_repo (config, sources->repo);
    if (!config->topdir)
        config->topdir = default_topdir (config);
    if (!config->topdir)
        return err_set (err, 0,
                        "no place for the repository: set HOME or UDOCKER_DIR");
    set_absolute (&config->topdir, config->topdir);
    return 0;
}

void config_show (const struct config *config, struct strbuf *out)
{
    strbuf_adds (out, "[DEFAULT]\n");
    for (size_t i = 0; i < N_KEYS; i++) {
        strbuf_addf (out, "%s = ", keys[i].name);
        config_value_show (keys[i].type, field_of (config, &keys[i]), out);
        strbuf_addc (out, '\n');
    }
}

const char *config_default_mode (const struct config *config)
{
    return config->default_execution_mode ? config->default_execution_mode
                                          : "N1";
}

void config_repo_paths (const struct config *config, struct repo_paths *paths)
{
    *paths = (struct repo_paths){
        .topdir = xstrdup (config->topdir),
        .bindir = xstrdup (config->bindir),
        .libdir = xstrdup (config->libdir),
        .docdir = xstrdup (config->docdir),
        .reposdir = xstrdup (config->reposdir),
        .layersdir = xstrdup (config->layersdir),
        .containersdir = xstrdup (config->containersdir),
    };
    repo_paths_complete (paths);
}
