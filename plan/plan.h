#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/scope.h"
#include "base/strlist.h"

/* Something of the host, or a text made for this run, that appears inside the
 * container.  Exactly one of 'host_path' and 'content' is set. */
struct plan_mount {
    char *host_path; // absolute; a directory or a file, bound with all below it
    char *content;   // or the text of a small file made for this run
    char *cpath;     // absolute path inside the container
    bool read_only;  // the program cannot write there
    bool optional;   // left out, not an error, when host_path does not exist
};

/* Everything an engine needs to know to start one program in one container:
 * all names are resolved, nothing is left to be looked up.  Made by
 * launcher/resolve or read from JSON; const once plan_check has passed it. */
struct plan {
    char *mode;          // execution mode, "N1"
    char *container;     // id or name, for messages only; may be ""
    char *root_path;     // host path of the directory that becomes '/'
    struct strlist argv; // program and arguments; argv[0] is looked for in
                         // the PATH of 'env', inside, unless it has a slash
    struct strlist env;  // the program's whole environment
    char *workdir_cpath; // directory to start in
    uid_t uid;           // identity that the program sees
    gid_t gid;
    struct plan_mount *mounts; // in the order in which they are made
    size_t n_mounts;
    struct strlist devices; // device files to pass, host paths (R modes)
    char *cpuset;           // list of CPUs such as "0,2-3"; NULL: unchanged
    int *keep_fds;          // descriptors that the program relies on; they are
    size_t n_keep_fds;      // checked to be open, and passed like all others
};

/* A plan with nothing in it.  destroy takes NULL. */
struct plan *plan_create (void);
void plan_destroy (struct plan *plan);

DEFINE_SCOPED (plan, struct plan, plan_destroy)
#define scoped_plan __attribute__ ((cleanup (plan_destroyp)))

/* Add a mount at the end.  The strings are copied. */
void plan_add_bind (struct plan *plan, const char *host_path, const char *cpath,
                    bool read_only, bool optional);
void plan_add_file (struct plan *plan, const char *content, const char *cpath);
void plan_add_keep_fd (struct plan *plan, int fd);

#endif
