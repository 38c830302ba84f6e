/* spawn.c - another program's answer */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/io.h"
#include "base/scope.h"
#include "base/spawn.h"

extern char **environ;

static int start (char *const *argv, int out_fd, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    int code;

    posix_spawn_file_actions_init (&actions);
    posix_spawn_file_actions_addopen (&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2 (&actions, out_fd, 1);
    posix_spawn_file_actions_addopen (&actions, 2, "/dev/null", O_WRONLY, 0);
    code = posix_spawnp (pid, argv[0], &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy (&actions);
    return code;
}

static int wait_for (pid_t pid)
{
    int status;

    while (waitpid (pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return status;
}

char *spawn_read (char *const *argv, size_t max, struct err *err)
{
    scoped_free char *text = NULL;
    scoped_fd int in = -1;
    scoped_fd int out = -1;
    int fds[2];
    pid_t pid;
    int code;

    if (pipe2 (fds, O_CLOEXEC) < 0)
        return err_null (err, errno, "cannot make a pipe");
    in = fds[0];
    out = fds[1];
    code = start (argv, out, &pid);
    if (code != 0)
        return err_null (err, code, "cannot run '%s'", argv[0]);
    fd_closep (&out);
    text = io_read_fd (in, argv[0], max, NULL, err);
    fd_closep (&in); // one that writes too much ends by SIGPIPE
    if (wait_for (pid) != 0 && text)
        return err_null (err, 0, "'%s' failed", argv[0]);
    return ptr_take (&text);
}
