/* Launchers are known by their environment, and what they need is passed. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "pmi/job.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

enum { FD_LIMIT = 64 };

// What a recorded environment must be taken for.
static const struct {
    const char *file;     // in fixtures/env
    const char *launcher; // "" for none
    int rank, size, local_rank, local_size;
    const char *fds;  // that are kept
    const char *dirs; // and files that are bound
} recorded[] = {
    {"mpiexec-openmpi", "mpiexec (Open MPI)", 1, 2, 1, 2, "",
     "/tmp /etc/hosts"},
    {"mpiexec-openmpi-batch", "mpiexec (Open MPI)", 3, 4, 0, 1, "",
     "/tmp /etc/hosts"},
    {"mpiexec-openmpi-in-hydra", "mpiexec (Open MPI)", 0, 1, 0, 1, "",
     "/tmp /etc/hosts"},
    {"mpiexec-hydra", "mpiexec (Hydra)", 1, 2, 1, 2, "8 7", "/etc/hosts"},
    {"mpiexec-hydra-batch", "mpiexec (Hydra)", 3, 4, 0, 1, "5", "/etc/hosts"},
    {"mpiexec-hydra-in-openmpi", "mpiexec (Hydra)", 0, 1, 0, 1, "6 7",
     "/etc/hosts"},
    {"mpiexec-hydra-port", "mpiexec -pmi-port (Hydra)", 0, -1, 0, 2, "7",
     "/etc/hosts"},
    {"srun-pmix", "srun --mpi=pmix", 3, 4, 0, 1, "",
     "/var/spool/slurmd/n2 /etc/hosts"},
    {"srun-pmix-het", "srun --mpi=pmix", 2, 3, 1, 2, "",
     "/var/spool/slurmd/n2 /etc/hosts"},
    {"srun-pmi2", "srun --mpi=pmi2", 3, 4, 0, 1, "11", "/etc/hosts"},
    {"srun-cray-shasta", "srun --mpi=cray_shasta", 3, 4, 0, 1, "",
     "/var/spool/slurmd/n2/mpi_cray_shasta /etc/hosts"},
    {"srun-none", "srun --mpi=none", 3, 4, 0, 1, "", ""},
    {"srun-none-in-srun-pmix", "srun --mpi=none", 0, 1, 0, 1, "", ""},
    {"srun-none-in-srun-pmi2", "srun --mpi=none", 0, 1, 0, 1, "", ""},
    {"sbatch", "", -1, -1, -1, -1, "", ""},
    {"salloc", "", -1, -1, -1, -1, "", ""},
    // the step of the shell that submitted it shines through: one rank, no
    // wire, which does no harm
    {"sbatch-in-srun-pmix", "srun --mpi=none", 0, 1, 0, 1, "", ""},
    {"sbatch-in-srun-pmi2", "srun --mpi=none", 0, 1, 0, 1, "", ""},
};

static void load (const char *name, struct strlist *environ)
{
    const char *srcdir = getenv ("UDOCKER_SRCDIR");
    struct err err;
    scoped_free char *path = xasprintf ("%s/tests/fixtures/env/%s.env",
                                        srcdir ? srcdir : ".", name);
    scoped_free char *text = io_read_file (AT_FDCWD, path, 1 << 20, NULL, &err);
    char *rest = text;

    if (!text) {
        printf ("Bail out! %s\n", err.text);
        exit (1);
    }
    while (rest && *rest)
        strlist_add (environ, strsep (&rest, "\n"));
}

static void close_fds (void)
{
    for (int fd = 3; fd < FD_LIMIT; fd++)
        close (fd);
}

// Make the descriptor that 'name' holds a socket, as the launcher did.
static void open_fd (const struct strlist *environ, const char *name)
{
    const char *value = env_get (environ, name);
    int fd = value ? (int)strtol (value, NULL, 10) : -1;
    int pair[2];

    if (fd < 3 || fd >= FD_LIMIT || socketpair (AF_UNIX, SOCK_STREAM, 0, pair))
        return;
    if (pair[0] != fd) {
        dup2 (pair[0], fd);
        close (pair[0]);
    }
    if (pair[1] != fd)
        close (pair[1]);
}

static char *join (const struct strlist *list)
{
    char *text = xstrdup ("");

    for (size_t i = 0; i < list->n; i++) {
        char *longer = xasprintf ("%s%s%s", text, i > 0 ? " " : "",
                                  list->items[i]);

        free (text);
        text = longer;
    }
    return text;
}

static void test_recorded (size_t i)
{
    const char *file = recorded[i].file;
    scoped_strlist struct strlist environ = {0};
    scoped_strlist struct strlist fds = {0};
    scoped_free char *fd_text = NULL;
    scoped_free char *dir_text = NULL;
    struct pmi_job job;
    struct err err = {0};

    close_fds ();
    load (file, &environ);
    // in a rank of Open MPI that Hydra started, Hydra's are closed
    if (!strstr (file, "in-hydra")) {
        open_fd (&environ, "HYDI_CONTROL_FD");
        open_fd (&environ, "PMI_FD");
    }
    if (pmi_job_detect (&environ, &job, &err) < 0)
        printf ("# %s\n", err.text);
    is_str (job.launcher ? job.launcher : "", recorded[i].launcher, file);
    ok (job.rank == recorded[i].rank && job.size == recorded[i].size,
        "  rank and size");
    ok (job.local_rank == recorded[i].local_rank &&
            job.local_size == recorded[i].local_size,
        "  local rank and size");
    for (int j = 0; j < job.n_fds; j++)
        strlist_addf (&fds, "%d", job.fds[j]);
    fd_text = join (&fds);
    dir_text = join (&job.dirs);
    is_str (fd_text, recorded[i].fds, "  descriptors");
    is_str (dir_text, recorded[i].dirs, "  directories");
    pmi_job_clear (&job);
}

static void test_env (void)
{
    scoped_strlist struct strlist environ = {0};
    struct pmi_job job;

    close_fds ();
    load ("mpiexec-hydra-batch", &environ);
    open_fd (&environ, "PMI_FD");
    pmi_job_detect (&environ, &job, NULL);
    ok (pmi_job_wants_env (&job, "PMI_RANK"), "what the launcher set passes");
    ok (pmi_job_wants_env (&job, "UCX_TLS"), "what tunes a library passes");
    ok (!pmi_job_wants_env (&job, "PMIX_RANK"),
        "Hydra: its proxy's PMIx variables do not pass");
    ok (!pmi_job_wants_env (&job, "PATH") && !pmi_job_wants_env (&job, "PMI"),
        "nor does anything else");
    pmi_job_clear (&job);
}

// The settings for 'file' with UCX_TLS set to 'ucx_tls' (NULL: not set).
static void set_env_is (const char *file, const char *ucx_tls, const char *want)
{
    scoped_strlist struct strlist environ = {0};
    scoped_free char *got = NULL;
    struct pmi_job job;

    load (file, &environ);
    open_fd (&environ, "PMI_FD");
    if (ucx_tls)
        env_set (&environ, "UCX_TLS", ucx_tls);
    pmi_job_detect (&environ, &job, NULL);
    got = join (&job.set_env);
    is_str (got, want, file);
    pmi_job_clear (&job);
}

static void test_set_env (void)
{
    printf ("# settings for separate user namespaces\n");
    set_env_is ("srun-pmix", NULL,
                "OMPI_MCA_btl_vader_single_copy_mechanism=none "
                "UCX_POSIX_USE_PROC_LINK=n UCX_TLS=^cma");
    set_env_is ("srun-pmi2", NULL,
                "UCX_POSIX_USE_PROC_LINK=n UCX_TLS=^cma UCX_TCP_PUT_ENABLE=n");
    set_env_is ("srun-pmi2", "rc,sm", "UCX_POSIX_USE_PROC_LINK=n");
    set_env_is ("srun-none", NULL, "");
    set_env_is ("sbatch", NULL, "");
}

// Detection must fail with 'want' once 'name' is 'value' (NULL: unset).
static void broken (const char *file, const char *name, const char *value,
                    const char *want)
{
    scoped_strlist struct strlist environ = {0};
    struct pmi_job job;
    struct err err = {0};

    close_fds ();
    load (file, &environ);
    open_fd (&environ, "PMI_FD");
    if (value)
        env_set (&environ, name, value);
    else
        env_unset (&environ, name);
    ok (pmi_job_detect (&environ, &job, &err) == -1 && !job.launcher, file);
    is_str (err.text, want, "  and says so");
    pmi_job_clear (&job);
}

static void test_broken (void)
{
    broken ("mpiexec-hydra", "PMI_FD", "60",
            "mpiexec (Hydra): descriptor 60, named by variable PMI_FD: Bad "
            "file descriptor (it must stay open for the ranks to find each "
            "other; for a program without MPI, unset PMI_FD)");
    broken ("srun-pmi2", "PMI_FD", "0x7",
            "srun --mpi=pmi2: variable PMI_FD is '0x7', not a descriptor");
    broken ("srun-pmi2", "PMI_FD", "-1",
            "srun --mpi=pmi2: variable PMI_FD is '-1', not a descriptor");
    // SLURM's variables around it are those of Hydra's proxy
    broken ("mpiexec-hydra-batch", "PMI_FD", "x",
            "mpiexec (Hydra): variable PMI_FD is 'x', not a descriptor");
    broken ("mpiexec-hydra", "PMI_SIZE", NULL,
            "mpiexec (Hydra): variable PMI_SIZE is missing");
    broken ("mpiexec-openmpi", "OMPI_COMM_WORLD_SIZE", "",
            "mpiexec (Open MPI): variable OMPI_COMM_WORLD_SIZE is '', not a "
            "number");
    broken ("srun-pmix", "SLURM_PROCID", "4",
            "srun --mpi=pmix: rank 4 in a job of 4");
    broken ("srun-none", "SLURM_STEP_NUM_TASKS", "99999999999999999999",
            "srun --mpi=none: variable SLURM_STEP_NUM_TASKS is "
            "'99999999999999999999', not a number");
}

// A plain file has taken the number of the closed wire.
static void test_not_a_socket (void)
{
    scoped_strlist struct strlist environ = {0};
    struct pmi_job job;

    close_fds ();
    load ("mpiexec-hydra", &environ);
    env_set (&environ, "PMI_FD", "1");
    ok (pmi_job_detect (&environ, &job, NULL) == -1,
        "a descriptor that is no socket is not the wire");
    open_fd (&environ, "HYDI_CONTROL_FD");
    env_unset (&environ, "PMI_FD");
    ok (pmi_job_detect (&environ, &job, NULL) == 0 && !job.launcher,
        "a user who unsets PMI_FD has no launcher");
}

static void test_interactive_step (void)
{
    scoped_strlist struct strlist environ = {0};
    struct pmi_job job;

    load ("srun-none", &environ);
    env_set (&environ, "SLURM_STEP_ID", "4294967290");
    ok (pmi_job_detect (&environ, &job, NULL) == 0 && !job.launcher,
        "the shell of salloc is not a rank, even when it is a step");
}

// The session directory of SLURM's PMIx plugin, below a TmpFS that only
// slurm.conf tells.
static void test_appdir (const char *temp)
{
    scoped_strlist struct strlist environ = {0};
    scoped_free char *tmpfs = xasprintf ("%s/tmp.n2", temp);
    scoped_free char *dir = xasprintf ("%s/spmix_appdir_%u_7.0", tmpfs,
                                       (unsigned)getuid ());
    scoped_free char *conf = xasprintf ("%s/slurm.conf", temp);
    scoped_free char *text = xasprintf (
        "# TmpFS=/no\nTmpFSx=/no\n tmpfs = %s/tmp.%%n # comment\n", temp);
    struct pmi_job job;

    load ("srun-pmix", &environ);
    ok (io_mkdir_p (dir, NULL) == 0 &&
            io_replace_file (AT_FDCWD, conf, text, 0600, NULL) == 0,
        "a session directory");
    env_set (&environ, "SLURM_CONF", conf);
    pmi_job_detect (&environ, &job, NULL);
    ok (strlist_find (&job.dirs, tmpfs) >= 0, "  is found by slurm.conf");
    pmi_job_clear (&job);
    env_set (&environ, "SLURM_CONF", "/nowhere");
    env_set (&environ, "TMPDIR", tmpfs);
    pmi_job_detect (&environ, &job, NULL);
    ok (strlist_find (&job.dirs, tmpfs) >= 0, "  and in TMPDIR");
    pmi_job_clear (&job);
}

int main (void)
{
    char *temp = temp_make ();

    for (size_t i = 0; i < sizeof (recorded) / sizeof (recorded[0]); i++)
        test_recorded (i);
    test_env ();
    test_set_env ();
    test_broken ();
    test_not_a_socket ();
    test_interactive_step ();
    test_appdir (temp);
    temp_remove (temp);
    return tap_done ();
}
