/* Which programs are let start under which launcher. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "pmi/job.h"
#include "pmi/program.h"
#include "tests/tap.h"
#include "tests/unit/elf_make.h"
#include "tests/unit/temp.h"

#define LIB "/usr/lib/x86_64-linux-gnu"

static char *temp; // root/ is the container, vol/ a directory of the host

// Write the file 'path' below 'temp' with permissions 'mode'.
static void put (const char *path, const void *bytes, size_t n, mode_t mode)
{
    scoped_free char *file = xasprintf ("%s/%s", temp, path);
    scoped_free char *dir = xstrndup (file,
                                      (size_t)(strrchr (file, '/') - file));
    scoped_fd int fd = -1;

    io_mkdir_p (dir, NULL);
    fd = open (file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0 || io_write_all (fd, bytes, n) < 0)
        printf ("Bail out! cannot write %s\n", file);
}

// An ELF file that needs 'needed' (may be NULL) and libc.
static void put_elf (const char *path, const char *needed, const char *runpath)
{
    struct elf_spec spec = {64,
                            false,
                            EM_X86_64,
                            NULL,
                            runpath,
                            NULL,
                            {needed ? needed : "libc.so.6"}};
    struct elf_make elf;

    if (needed)
        spec.needed[1] = "libc.so.6";
    elf_make (&elf, &spec);
    put (path, elf.bytes, elf.n, 0755);
}

static void put_link (const char *target, const char *path)
{
    scoped_free char *file = xasprintf ("%s/%s", temp, path);

    if (symlink (target, file) < 0)
        printf ("Bail out! cannot make the link %s\n", file);
}

static struct plan *make_plan (const char *program)
{
    struct plan *plan = plan_create ();
    scoped_free char *vol = xasprintf ("%s/vol", temp);

    plan->root_path = xasprintf ("%s/root", temp);
    plan->workdir_cpath = xstrdup ("/work");
    plan->uid = geteuid ();
    plan->gid = getegid ();
    strlist_add (&plan->argv, program);
    strlist_add (&plan->env, "PATH=/nowhere:bin:/usr/bin");
    strlist_add (&plan->env, "LD_LIBRARY_PATH=/env/lib");
    plan_add_bind (plan, vol, "/vol/", false, false);
    plan_add_file (plan, "text", "/usr/bin/made-up");
    return plan;
}

static void make_files (void)
{
    put_elf ("root/opt/ompi", "libmpi.so.40", NULL);
    put_elf ("root/opt/mpich", "libmpich.so.12", NULL);
    put_elf ("root/opt/intel", "libmpi.so.12", NULL);
    put_elf ("root/opt/fortran", "libmpi_usempif08.so.40", NULL);
    put_elf ("root/opt/plain", NULL, NULL);
    put_elf ("root/usr/bin/in-path", "libmpich.so.12", NULL);
    put_elf ("root/work/bin/relative", "libmpich.so.12", NULL);
    put_elf ("root/work/bin/hidden", "libmpich.so.12", NULL);
    put_elf ("vol/on-volume", "libmpich.so.12", NULL);
    put ("root/bin/script", "#!/bin/sh\n", 10, 0755);
    put ("root/nowhere/in-path", "not executable", 14, 0644);
    // the program, or the file, is found through links that stay inside
    put_link ("/opt/../../../opt/ompi", "root/opt/link");
    put_link ("/opt/loop", "root/opt/loop");
    // MPI only below a library: at the usual place, by RUNPATH, by variable
    put_elf ("root/opt/app/bin/deep", "libapp.so.1", "$ORIGIN/../lib");
    put_elf ("root/opt/app/lib/libapp.so.1", "libhdf5.so.1", NULL);
    put_elf ("root" LIB "/libhdf5.so.1", "libmpi.so.40", NULL);
    put_elf ("root/opt/by-env", "libenv.so", NULL);
    put_elf ("root/env/lib/libenv.so", "libmpich.so.12", NULL);
    put_elf ("root/opt/too-deep", "libdeep.so.1", NULL);
    put_elf ("root" LIB "/libdeep.so.1", "libapp2.so.1", NULL);
    put_elf ("root" LIB "/libapp2.so.1", "libhdf5.so.1", NULL);
    put_elf ("root/opt/cycle", "libcycle.so", NULL);
    put_elf ("root" LIB "/libcycle.so", "libcycle.so", NULL);
}

static const struct {
    const char *program;
    enum pmi_mpi mpi;
} programs[] = {
    {"/opt/ompi", PMI_MPI_OPENMPI},
    {"/opt/mpich", PMI_MPI_MPICH},
    {"/opt/intel", PMI_MPI_MPICH},
    {"/opt/fortran", PMI_MPI_OPENMPI},
    {"/opt/plain", PMI_MPI_UNKNOWN},
    {"/opt/link", PMI_MPI_OPENMPI},
    {"/opt/loop", PMI_MPI_UNKNOWN},
    {"in-path", PMI_MPI_MPICH},
    {"relative", PMI_MPI_MPICH},
    {"bin/relative", PMI_MPI_MPICH},
    {"made-up", PMI_MPI_UNKNOWN},
    {"no-such", PMI_MPI_UNKNOWN},
    {"/bin/script", PMI_MPI_UNKNOWN},
    {"/opt", PMI_MPI_UNKNOWN},
    {"/vol/on-volume", PMI_MPI_MPICH},
    {"/volume", PMI_MPI_UNKNOWN},
    {"/opt/app/bin/deep", PMI_MPI_OPENMPI},
    {"/opt/by-env", PMI_MPI_MPICH},
    {"/opt/too-deep", PMI_MPI_UNKNOWN},
    {"/opt/cycle", PMI_MPI_UNKNOWN},
};

static void test_programs (void)
{
    for (size_t i = 0; i < sizeof (programs) / sizeof (programs[0]); i++) {
        scoped_plan struct plan *plan = make_plan (programs[i].program);

        ok (pmi_program_mpi (plan) == programs[i].mpi, programs[i].program);
    }
}

#define OMPI_TEXT                                                      \
    "'/opt/ompi' uses Open MPI, whose ranks find each other by PMIx, " \
    "but LAUNCHER offers "
#define OMPI_REMEDY ": start it with srun --mpi=pmix or Open MPI's mpiexec"
#define MPICH_TEXT                                                  \
    "'/opt/mpich' uses MPICH, whose ranks find each other by PMI, " \
    "but LAUNCHER offers "
#define MPICH_REMEDY ": start it with srun --mpi=pmi2 or MPICH's mpiexec.hydra"

static const struct {
    const char *program;
    enum pmi_wire wire;
    int size;
    const char *text; // "" when it may start
} matrix[] = {
    {"/opt/ompi", PMI_WIRE_PMIX, 4, ""},
    {"/opt/ompi", PMI_WIRE_PMI2, 4, OMPI_TEXT "PMI-2" OMPI_REMEDY},
    {"/opt/ompi", PMI_WIRE_PMI1, 4, OMPI_TEXT "PMI-1" OMPI_REMEDY},
    {"/opt/ompi", PMI_WIRE_NONE, 4, OMPI_TEXT "nothing" OMPI_REMEDY},
    {"/opt/mpich", PMI_WIRE_PMIX, 4, MPICH_TEXT "PMIx" MPICH_REMEDY},
    {"/opt/mpich", PMI_WIRE_PMI2, 4, ""},
    {"/opt/mpich", PMI_WIRE_PMI1, 4, ""},
    {"/opt/mpich", PMI_WIRE_NONE, 4, MPICH_TEXT "nothing" MPICH_REMEDY},
    {"/opt/mpich", PMI_WIRE_PMIX, 1, ""},
    {"/opt/ompi", PMI_WIRE_PMI1, -1, OMPI_TEXT "PMI-1" OMPI_REMEDY},
    {"/opt/plain", PMI_WIRE_NONE, 4, ""},
    {"/opt/plain", PMI_WIRE_PMIX, 4, ""},
};

static void test_matrix (void)
{
    for (size_t i = 0; i < sizeof (matrix) / sizeof (matrix[0]); i++) {
        scoped_plan struct plan *plan = make_plan (matrix[i].program);
        struct pmi_job job = {.launcher = "LAUNCHER",
                              .wire = matrix[i].wire,
                              .size = matrix[i].size};
        struct err err = {0};
        int rc = pmi_job_check (&job, plan, &err);
        char what[80];

        snprintf (what, sizeof (what), "%s, wire %d, %d ranks",
                  matrix[i].program, matrix[i].wire, matrix[i].size);
        is_str (err.text, matrix[i].text, what);
        ok (rc == (matrix[i].text[0] ? -1 : 0), "  status");
    }
}

static void test_no_launcher (void)
{
    scoped_plan struct plan *plan = make_plan ("/opt/ompi");
    struct pmi_job job = {.size = -1};

    ok (pmi_job_check (&job, plan, NULL) == 0, "no launcher, no check");
}

// A PMIx server refuses whoever is root only inside, and SLURM's then hangs.
static void test_stranger (void)
{
    scoped_plan struct plan *ompi = make_plan ("/opt/ompi");
    scoped_plan struct plan *mpich = make_plan ("/opt/mpich");
    struct pmi_job pmix = {.launcher = "L", .wire = PMI_WIRE_PMIX, .size = 1};
    struct pmi_job pmi2 = {.launcher = "L", .wire = PMI_WIRE_PMI2, .size = 2};
    struct err err = {0};
    scoped_free char *want = xasprintf (
        "'/opt/ompi' uses Open MPI, and the PMIx of L serves only "
        "user %u, group %u: run it as that user, without --user",
        (unsigned)geteuid (), (unsigned)getegid ());

    ompi->uid = mpich->uid = geteuid () + 1;
    ok (pmi_job_check (&pmix, ompi, &err) == -1, "Open MPI as another user");
    is_str (err.text, want, "  is told why not");
    ok (pmi_job_check (&pmi2, mpich, NULL) == 0, "MPICH does not mind");
    ompi->uid = geteuid ();
    ok (pmi_job_check (&pmix, ompi, NULL) == 0, "Open MPI as the own user");
    ompi->gid = getegid () + 1;
    ok (pmi_job_check (&pmix, ompi, NULL) == -1, "  but in another group");
}

// What lets an MPI speak a language that it usually does not.
static void test_helpers (void)
{
    scoped_plan struct plan *mpich = make_plan ("/opt/mpich");
    scoped_plan struct plan *ompi = make_plan ("/opt/ompi");
    struct pmi_job pmix = {.launcher = "L", .wire = PMI_WIRE_PMIX, .size = 2};
    struct pmi_job pmi2 = {.launcher = "L", .wire = PMI_WIRE_PMI2, .size = 2};
    struct pmi_job pmi1 = {.launcher = "L", .wire = PMI_WIRE_PMI1, .size = 2};
    struct pmi_job none = {.launcher = "L", .wire = PMI_WIRE_NONE, .size = 2};

    put_elf ("root" LIB "/libmpich.so.12", "libpmix.so.2", NULL);
    ok (pmi_job_check (&pmix, mpich, NULL) == 0, "an MPICH built with PMIx");
    put_elf ("root" LIB "/libmpich.so.12", "libpmi2.so.0", NULL);
    ok (pmi_job_check (&none, mpich, NULL) == 0, "an MPICH built with SLURM");
    put_elf ("root" LIB "/libpmi2.so.0", NULL, NULL);
    ok (pmi_job_check (&pmi2, ompi, NULL) == 0,
        "Open MPI beside SLURM's PMI-2");
    ok (pmi_job_check (&pmi1, ompi, NULL) == -1, "  which is not Hydra's");
}

int main (void)
{
    temp = temp_make ();
    make_files ();
    test_programs ();
    test_matrix ();
    test_no_launcher ();
    test_stranger ();
    test_helpers ();
    temp_remove (temp);
    return tap_done ();
}
