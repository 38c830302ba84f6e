/* supervise.c - the parent that stays while a program runs
 *
 * All signals are blocked and taken one by one with sigwaitinfo, so there is no
 * handler and no race between a look and a wait.  What the kernel itself sent
 * is not handed on: a terminal's signals reach the child without help, and a
 * fault is the parent's own.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/exitcode.h"
#include "launcher/supervise.h"

// Signals that mean an error of this process, when the kernel sends them.
static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS};

// What the child gets back of the signals' state.
struct signals {
    sigset_t mask;
    struct sigaction chld;
};

static void take_signals (sigset_t *all, struct signals *old)
{
    const struct sigaction dfl = {.sa_handler = SIG_DFL};

    sigfillset (all);
    for (size_t i = 0; i < sizeof (faults) / sizeof (faults[0]); i++)
        sigdelset (all, faults[i]);
    sigprocmask (SIG_SETMASK, all, &old->mask);
    // ignored by whoever started us, the child's end would not be told
    sigaction (SIGCHLD, &dfl, &old->chld);
}

static void restore_signals (const struct signals *old)
{
    sigaction (SIGCHLD, &old->chld, NULL);
    sigprocmask (SIG_SETMASK, &old->mask, NULL);
}

__attribute__ ((noreturn)) static void
be_child (supervise_f child, void *arg, const struct signals *old, pid_t parent)
{
    // a parent that is killed must not leave the program behind
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    if (getppid () != parent)
        _exit (EXIT_OWN_FAILURE);
    restore_signals (old);
    _exit (child (arg));
}

/* Look at the child after SIGCHLD.  True when it has ended.  When it was
 * stopped this process stops too, so that the shell sees it. */
static bool has_ended (pid_t pid, int *wait_status)
{
    while (waitpid (pid, wait_status, WNOHANG | WUNTRACED) == pid) {
        if (!WIFSTOPPED (*wait_status))
            return true;
        kill (getpid (), SIGSTOP);
    }
    return false;
}

static bool came_from_kernel (const siginfo_t *info)
{
    return info->si_code > 0;
}

static void wait_for_end (pid_t pid, const sigset_t *all, int *wait_status)
{
    for (;;) {
        siginfo_t info;
        int sig = sigwaitinfo (all, &info);

        if (sig < 0)
            continue; // EINTR: stopped and continued
        if (sig == SIGCHLD && has_ended (pid, wait_status))
            return;
        if (sig != SIGCHLD && !came_from_kernel (&info))
            kill (pid, sig);
    }
}

int supervise_run (supervise_f child, void *arg, int *wait_status,
                   struct err *err)
{
    sigset_t all;
    struct signals old;
    pid_t parent = getpid ();
    pid_t pid;

    take_signals (&all, &old);
    pid = fork ();
    if (pid < 0) {
        restore_signals (&old);
        return err_set (err, errno, "cannot start a process");
    }
    if (pid == 0)
        be_child (child, arg, &old, parent);
    wait_for_end (pid, &all, wait_status);
    restore_signals (&old);
    return 0;
}

void supervise_end_like (int wait_status)
{
    const struct rlimit none = {0};
    sigset_t set;
    int sig;

    if (!WIFSIGNALED (wait_status))
        exit (WEXITSTATUS (wait_status));
    sig = WTERMSIG (wait_status);
    // a core file of this process would tell nothing
    setrlimit (RLIMIT_CORE, &none);
    prctl (PR_SET_DUMPABLE, 0);
    signal (sig, SIG_DFL);
    sigemptyset (&set);
    sigaddset (&set, sig);
    sigprocmask (SIG_UNBLOCK, &set, NULL);
    kill (getpid (), sig);
    exit (EXIT_SIGNAL_BASE + sig);
}
