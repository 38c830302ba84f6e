/* check.c - whether a program and a launcher can work together
 *
 * A program whose MPI does not speak the launcher's language starts as a job of
 * one rank, N times, and reports success.  Better not to start it.
 */
#include <unistd.h>

#include "pmi/job.h"
#include "pmi/program.h"

#define N_ITEMS(array) (sizeof (array) / sizeof ((array)[0]))

// What launchers offer, for messages.
static const char *const wire_names[] = {
    [PMI_WIRE_NONE] = "nothing",
    [PMI_WIRE_PMI1] = "PMI-1",
    [PMI_WIRE_PMI2] = "PMI-2",
    [PMI_WIRE_PMIX] = "PMIx",
};

static const struct {
    const char *name;   // NULL: nothing is known, nothing is refused
    unsigned wires;     // set of 1 << enum pmi_wire
    const char *wanted; // the same in words
    const char *remedy; // launchers that offer it
} kinds[] = {
    [PMI_MPI_UNKNOWN] = {0},
    [PMI_MPI_OPENMPI] = {"Open MPI", 1 << PMI_WIRE_PMIX, "PMIx",
                         "srun --mpi=pmix or Open MPI's mpiexec"},
    [PMI_MPI_MPICH] = {"MPICH", 1 << PMI_WIRE_PMI1 | 1 << PMI_WIRE_PMI2, "PMI",
                       "srun --mpi=pmi2 or MPICH's mpiexec.hydra"},
};

// A library that lets an MPI use what it usually does not.
static const struct {
    enum pmi_mpi mpi;   // of the program
    enum pmi_wire wire; // that the library gives it
    bool is_linked;     // needed by the program, not just there to be loaded
    const char *name;   // pattern of its name, or the name
} helpers[] = {
    {PMI_MPI_MPICH, PMI_WIRE_PMIX, true, "libpmix.so.*"},
    // built on the PMI library of a launcher: SLURM's, Cray's
    {PMI_MPI_MPICH, PMI_WIRE_NONE, true, "libpmi.so.*"},
    {PMI_MPI_MPICH, PMI_WIRE_NONE, true, "libpmi2.so.*"},
    // Open MPI 1.10 has the same soname as the MPICH ABI
    {PMI_MPI_MPICH, PMI_WIRE_PMIX, true, "libopen-rte.so.*"},
    // built --with-pmi: a plugin of Open MPI loads SLURM's library
    {PMI_MPI_OPENMPI, PMI_WIRE_PMI2, false, "libpmi2.so.0"},
};

static bool has_helper (const struct plan *plan, enum pmi_mpi mpi,
                        enum pmi_wire wire)
{
    for (size_t i = 0; i < N_ITEMS (helpers); i++) {
        if (helpers[i].mpi != mpi || helpers[i].wire != wire)
            continue;
        if (helpers[i].is_linked ? pmi_program_needs (plan, helpers[i].name)
                                 : pmi_program_has (plan, helpers[i].name))
            return true;
    }
    return false;
}

/* Whether a PMIx server would take the program for a stranger: it compares the
 * identity that the client tells with that of its socket. */
static bool is_stranger (const struct pmi_job *job, const struct plan *plan)
{
    return job->wire == PMI_WIRE_PMIX &&
           (plan->uid != geteuid () || plan->gid != getegid ());
}

int pmi_job_check (const struct pmi_job *job, const struct plan *plan,
                   struct err *err)
{
    bool stranger = is_stranger (job, plan);
    const char *program = plan->argv.items[0];
    enum pmi_mpi mpi;

    // a single rank needs no peers, but does talk to the server
    if (!job->launcher || (job->size == 1 && !stranger))
        return 0;
    mpi = pmi_program_mpi (plan);
    // SLURM's stepd would also hang for ever once it had refused the client
    if (stranger && mpi == PMI_MPI_OPENMPI)
        return err_set (err, 0,
                        "'%s' uses Open MPI, and the PMIx of %s serves only "
                        "user %u, group %u: run it as that user, without "
                        "--user",
                        program, job->launcher, (unsigned)geteuid (),
                        (unsigned)getegid ());
    if (job->size == 1 || !kinds[mpi].name ||
        kinds[mpi].wires & 1U << job->wire || has_helper (plan, mpi, job->wire))
        return 0;
    return err_set (err, 0,
                    "'%s' uses %s, whose ranks find each other by %s, but "
                    "%s offers %s: start it with %s",
                    program, kinds[mpi].name, kinds[mpi].wanted, job->launcher,
                    wire_names[job->wire], kinds[mpi].remedy);
}
