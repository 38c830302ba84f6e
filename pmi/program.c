/* program.c - which MPI a program was linked with
 *
 * The loader would know, but nothing of the container may run before the
 * check, so DT_NEEDED is followed here: the name of an MPI library tells its
 * family.  The number of files opened is bounded, since each is a request to
 * the filesystem that holds the container, times the number of ranks.
 */
#include <elf.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>

#include "base/elf.h"
#include "base/mem.h"
#include "base/rootpath.h"
#include "pmi/program.h"

enum {
    MAX_LIBRARIES = 16, // that are opened to see what they need
    MAX_DEPTH = 2,      // levels of libraries below the program
    MAX_DIRS = 128,     // in which a library is looked for
};

#define N_ITEMS(array) (sizeof (array) / sizeof ((array)[0]))

static const struct {
    const char *pattern; // of the file that DT_NEEDED names
    enum pmi_mpi mpi;
} families[] = {
    {"libmpi.so.[24]0", PMI_MPI_OPENMPI},
    {"libmpi_*.so.[24]0", PMI_MPI_OPENMPI}, // its Fortran and C++ parts
    {"libopen-rte.so.*", PMI_MPI_OPENMPI},
    {"libmpich*.so.*", PMI_MPI_MPICH},
    {"libmpi.so.12", PMI_MPI_MPICH},  // the MPICH ABI
    {"libmpi*.so.12", PMI_MPI_MPICH}, // libmpifort, libmpicxx, libmpi_cray
};

// Libraries that need no MPI, so that most programs cost no further look.
static const char *const plain[] = {
    "libc.so.*",     "libm.so.*",        "ld-*.so.*",        "libpthread.so.*",
    "libdl.so.*",    "librt.so.*",       "libgcc_s.so.*",    "libstdc++.so.*",
    "libz.so.*",     "libgfortran.so.*", "libquadmath.so.*", "libgomp.so.*",
    "libtinfo.so.*", "libselinux.so.*",  "libacl.so.*",      "libutil.so.*",
};

static const struct {
    unsigned machine; // of the program
    const char *name; // of Debian's library directories
} triplets[] = {
    {EM_X86_64, "x86_64-linux-gnu"},
    {EM_AARCH64, "aarch64-linux-gnu"},
    {EM_PPC64, "powerpc64le-linux-gnu"},
};

static const char *const default_dirs[] = {
    "/lib64",           "/usr/lib64", "/usr/local/lib",
    "/usr/local/lib64", "/lib",       "/usr/lib",
};

// The search in progress.
struct search {
    const struct plan *plan;                     // whose files
    bool (*match) (const char *name, void *arg); // true: found, stop
    void *arg;                                   // for match
    int n_libraries;                             // opened so far
    struct strlist seen;                         // names looked at already
};

// The length of 'path' without the slashes at its end.
static size_t path_len (const char *path)
{
    size_t len = strlen (path);

    while (len > 0 && path[len - 1] == '/')
        len--;
    return len;
}

static bool is_below (const char *path, const char *dir)
{
    size_t len = path_len (dir);

    return strncmp (path, dir, len) == 0 &&
           (path[len] == '/' || path[len] == '\0');
}

// The volume that 'cpath' is on, or NULL: the last one mounted is on top.
static const struct plan_mount *find_volume (const struct plan *plan,
                                             const char *cpath)
{
    for (size_t i = plan->n_mounts; i > 0; i--)
        if (is_below (cpath, plan->mounts[i - 1].cpath))
            return &plan->mounts[i - 1];
    return NULL;
}

/* Open the file 'cpath' of the container.  On a volume the links lead where
 * they lead on the host: that is a guess, good enough for a look. */
static int open_cpath (const struct plan *plan, const char *cpath)
{
    // a FIFO must not hold the rank up
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    const struct plan_mount *volume = find_volume (plan, cpath);
    scoped_free char *host_path = NULL;
    scoped_fd int root_fd = -1;

    if (volume && volume->content)
        return -1;
    if (volume) {
        host_path = xasprintf ("%s/%s", volume->host_path,
                               cpath + path_len (volume->cpath));
        return open (host_path, flags);
    }
    root_fd = open (plan->root_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root_fd < 0)
        return -1;
    return rootpath_open (root_fd, cpath, flags, 0, NULL);
}

// Open 'cpath' if it is a regular file with one of the permissions 'mode'.
static int open_regular (const struct plan *plan, const char *cpath,
                         mode_t mode)
{
    scoped_fd int fd = open_cpath (plan, cpath);
    struct stat st;

    if (fd < 0 || fstat (fd, &st) < 0 || !S_ISREG (st.st_mode) ||
        !(st.st_mode & mode))
        return -1;
    return fd_take (&fd);
}

// 'path' as seen from the program's working directory; the caller frees it.
static char *from_workdir (const struct plan *plan, const char *path)
{
    if (path[0] == '/')
        return xstrdup (path);
    return xasprintf ("%s/%s", plan->workdir_cpath, path);
}

/* Open the file of the program as execvp would find it; '*cpath' gets its
 * name, which the caller frees. */
static int open_program (const struct plan *plan, char **cpath)
{
    const char *name = plan->argv.items[0];
    const char *path = env_get (&plan->env, "PATH");
    scoped_free char *dirs = NULL;
    char *rest = NULL;

    if (strchr (name, '/')) {
        *cpath = from_workdir (plan, name);
        return open_regular (plan, *cpath, 0111);
    }
    dirs = xstrdup (path ? path : "/bin:/usr/bin");
    rest = dirs;
    while (rest) {
        scoped_free char *dir = from_workdir (plan, strsep (&rest, ":"));
        scoped_free char *file = xasprintf ("%s/%s", dir, name);
        int fd = open_regular (plan, file, 0111);

        if (fd >= 0) {
            *cpath = ptr_take (&file);
            return fd;
        }
    }
    return -1;
}

// Add the directories of the list 'path' (may be NULL), $ORIGIN put in.
static void add_dirs (const char *path, const char *origin,
                      struct strlist *dirs)
{
    scoped_free char *copy = xstrdup (path);
    char *rest = copy;

    while (rest && dirs->n < MAX_DIRS) {
        const char *dir = strsep (&rest, ":");
        size_t len = strncmp (dir, "$ORIGIN", 7) == 0     ? 7
                     : strncmp (dir, "${ORIGIN}", 9) == 0 ? 9
                                                          : 0;

        if (len > 0)
            strlist_addf (dirs, "%s%s", origin, dir + len);
        else if (dir[0] == '/')
            strlist_add (dirs, dir);
    }
}

// Where the loader would look for what the file 'cpath' needs.
static void list_dirs (const struct plan *plan, const struct elf_info *elf,
                       const char *cpath, struct strlist *dirs)
{
    const char *slash = strrchr (cpath, '/');
    scoped_free char *origin = xstrndup (cpath,
                                         slash ? (size_t)(slash - cpath) : 0);

    if (!elf->runpath)
        add_dirs (elf->rpath, origin, dirs);
    add_dirs (env_get (&plan->env, "LD_LIBRARY_PATH"), origin, dirs);
    add_dirs (elf->runpath, origin, dirs);
    for (size_t i = 0; i < N_ITEMS (triplets); i++)
        if (triplets[i].machine == elf->machine) {
            strlist_addf (dirs, "/lib/%s", triplets[i].name);
            strlist_addf (dirs, "/usr/lib/%s", triplets[i].name);
        }
    for (size_t i = 0; i < N_ITEMS (default_dirs); i++)
        strlist_add (dirs, default_dirs[i]);
}

// Open the library 'name'; '*cpath' gets its name, which the caller frees.
static int open_library (const struct plan *plan, const struct strlist *dirs,
                         const char *name, char **cpath)
{
    for (size_t i = 0; i < dirs->n; i++) {
        scoped_free char *file = xasprintf ("%s/%s", dirs->items[i], name);
        int fd = open_regular (plan, file, 0444);

        if (fd >= 0) {
            *cpath = ptr_take (&file);
            return fd;
        }
    }
    return -1;
}

static bool is_plain (const char *name)
{
    for (size_t i = 0; i < N_ITEMS (plain); i++)
        if (fnmatch (plain[i], name, 0) == 0)
            return true;
    return false;
}

static bool search_file (struct search *search, int fd, const char *cpath,
                         int depth);

// Look into the library 'name' for what it needs in turn.
static bool search_library (struct search *search, const struct strlist *dirs,
                            const char *name, int depth)
{
    scoped_free char *cpath = NULL;
    scoped_fd int fd = -1;

    if (is_plain (name) || strlist_find (&search->seen, name) >= 0 ||
        search->n_libraries >= MAX_LIBRARIES)
        return false;
    search->n_libraries++;
    strlist_add (&search->seen, name);
    fd = open_library (search->plan, dirs, name, &cpath);
    return fd >= 0 && search_file (search, fd, cpath, depth);
}

// Whether the file 'cpath', or what it needs, has what is looked for.
static bool search_file (struct search *search, int fd, const char *cpath,
                         int depth)
{
    scoped_elf struct elf_info elf = {0};
    scoped_strlist struct strlist dirs = {0};

    if (elf_read (fd, cpath, &elf, NULL) < 0)
        return false;
    for (size_t i = 0; i < elf.needed.n; i++)
        if (search->match (elf.needed.items[i], search->arg))
            return true;
    if (depth == MAX_DEPTH)
        return false;
    list_dirs (search->plan, &elf, cpath, &dirs);
    for (size_t i = 0; i < elf.needed.n; i++)
        if (search_library (search, &dirs, elf.needed.items[i], depth + 1))
            return true;
    return false;
}

static bool search_program (const struct plan *plan,
                            bool (*match) (const char *name, void *arg),
                            void *arg)
{
    struct search search = {.plan = plan, .match = match, .arg = arg};
    scoped_free char *cpath = NULL;
    scoped_fd int fd = open_program (plan, &cpath);
    bool is_found = fd >= 0 && search_file (&search, fd, cpath, 0);

    strlist_free (&search.seen);
    return is_found;
}

static bool match_family (const char *name, void *arg)
{
    enum pmi_mpi *mpi = arg;

    for (size_t i = 0; i < N_ITEMS (families); i++)
        if (fnmatch (families[i].pattern, name, 0) == 0) {
            *mpi = families[i].mpi;
            return true;
        }
    return false;
}

static bool match_pattern (const char *name, void *arg)
{
    return fnmatch (arg, name, 0) == 0;
}

enum pmi_mpi pmi_program_mpi (const struct plan *plan)
{
    enum pmi_mpi mpi = PMI_MPI_UNKNOWN;

    search_program (plan, match_family, &mpi);
    return mpi;
}

bool pmi_program_needs (const struct plan *plan, const char *pattern)
{
    return search_program (plan, match_pattern, (void *)pattern);
}

bool pmi_program_has (const struct plan *plan, const char *name)
{
    scoped_elf struct elf_info elf = {0};
    scoped_strlist struct strlist dirs = {0};
    scoped_free char *program = NULL;
    scoped_free char *library = NULL;
    scoped_fd int program_fd = open_program (plan, &program);
    scoped_fd int library_fd = -1;

    if (program_fd < 0 || elf_read (program_fd, program, &elf, NULL) < 0)
        return false;
    list_dirs (plan, &elf, program, &dirs);
    library_fd = open_library (plan, &dirs, name, &library);
    return library_fd >= 0;
}
