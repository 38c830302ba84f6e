/* n1.c - the namespace engine for ranks
 *
 * The process that was started becomes the program: a user namespace with the
 * own uid (or the one asked for), a mount namespace with the container as '/',
 * and everything else (network, PID, IPC, cgroup) the host's.  No process is
 * left behind, so signals, exit status and accounting are the program's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "base/io.h"
#include "base/scope.h"
#include "engines/n1.h"
#include "engines/namespace/nsroot.h"
#include "engines/namespace/userns.h"
#include "engines/namespace/volumes.h"
#include "engines/process.h"

static int enter (const struct plan *plan, struct nsroot *root, struct err *err)
{
    if (process_check_fds (plan, err) < 0 || process_set_cpus (plan, err) < 0 ||
        userns_enter (plan->uid, plan->gid, err) < 0 ||
        nsroot_open (root, plan->root_path, err) < 0 ||
        volumes_mount (root, plan, err) < 0)
        return -1;
    return nsroot_enter (root, err);
}

int n1_run (const struct plan *plan, struct err *err)
{
    struct nsroot root = {.root_fd = -1, .layer_fd = -1};
    int rc = enter (plan, &root, err);

    nsroot_close (&root);
    return rc < 0 ? EXIT_OWN_FAILURE : process_exec (plan, err);
}

// All that a container needs but the container: /tmp takes its place.
static int try_namespaces (struct err *err)
{
    struct nsroot root = {.root_fd = -1, .layer_fd = -1};

    if (userns_enter (geteuid (), getegid (), err) < 0)
        return -1;
    return nsroot_open (&root, "/tmp", err);
}

__attribute__ ((noreturn)) static void probe_child (int fd)
{
    struct err err = {0};
    int rc = try_namespaces (&err);

    if (rc < 0)
        io_write_all (fd, &err, sizeof (err));
    _exit (rc < 0 ? EXIT_OWN_FAILURE : EXIT_DONE);
}

static int read_verdict (pid_t pid, int fd, struct err *err)
{
    struct err told;
    ssize_t n = io_read_full (fd, &told, sizeof (told));
    int status = -1;

    while (waitpid (pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (n == (ssize_t)sizeof (told) && err)
        *err = told;
    else if (status != 0)
        err_set (err, 0, "the namespace probe died");
    return status == 0 ? 0 : -1;
}

int n1_probe (struct err *err)
{
    scoped_fd int out = -1;
    scoped_fd int in = -1;
    int fds[2];
    pid_t pid;

    if (pipe2 (fds, O_CLOEXEC) < 0)
        return err_set (err, errno, "cannot make a pipe");
    in = fds[0];
    out = fds[1];
    pid = fork ();
    if (pid < 0)
        return err_set (err, errno, "cannot start a process");
    if (pid == 0)
        probe_child (out);
    fd_closep (&out);
    return read_verdict (pid, in, err);
}
