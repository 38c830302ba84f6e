/* hello.c: the MPI program of the tests and of quickstart.
 *
 * Each rank prints its rank, the size, its host and its pid, and then exchanges
 * messages with its neighbours in a ring, both ways at once, and looks at what
 * came. Rank 0 prints "messages ok" when all ranks saw what they should.
 *
 * usage: hello [--exit=RANK:STATUS | --kill=RANK:SIGNAL]
 * RANK then ends that way: by the signal while the others wait for it, or with
 * the status after MPI_Finalize, as launchers do not agree on what the status is
 * of one that leaves earlier. */

#include <mpi.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGE_BYTES = 8 << 20 };

/* What the process is to do at its end, from the command line. */
struct ending {
    int rank;   /* the rank that it is about, -1 for none */
    int status; /* of exit(), when signal is 0 */
    int signal; /* to die by, 0 for none */
};

static struct ending parse (int argc, char **argv)
{
    struct ending end = {.rank = -1};
    int rank, value;

    if (argc == 1)
        return end;
    if (argc == 2 && sscanf (argv[1], "--exit=%d:%d", &rank, &value) == 2) {
        end.rank = rank;
        end.status = value;
        return end;
    }
    if (argc == 2 && sscanf (argv[1], "--kill=%d:%d", &rank, &value) == 2) {
        end.rank = rank;
        end.signal = value;
        return end;
    }
    fprintf (stderr, "usage: hello [--exit=RANK:STATUS | --kill=RANK:SIG]\n");
    exit (2);
}

/* A byte that depends on everything that could get mixed up. */
static unsigned char content (int from, int to, int i)
{
    return (unsigned char)(from * 31 + to * 17 + i + i / 251);
}

static void fill (unsigned char *buf, int from, int to)
{
    for (int i = 0; i < MESSAGE_BYTES; i++)
        buf[i] = content (from, to, i);
}

static int check (const unsigned char *buf, int from, int to)
{
    for (int i = 0; i < MESSAGE_BYTES; i++)
        if (buf[i] != content (from, to, i))
            return 0;
    return 1;
}

/* Send to one neighbour while receiving from the other. */
static int exchange (int rank, int to, int from)
{
    unsigned char *out = malloc (MESSAGE_BYTES);
    unsigned char *in = calloc (1, MESSAGE_BYTES);
    int good = 0;

    if (out && in) {
        fill (out, rank, to);
        MPI_Sendrecv (out, MESSAGE_BYTES, MPI_BYTE, to, 1, in, MESSAGE_BYTES,
                      MPI_BYTE, from, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        good = check (in, from, rank);
    }
    free (out);
    free (in);
    return good;
}

int main (int argc, char **argv)
{
    struct ending end = parse (argc, argv);
    char host[256] = "";
    int rank, size, good, all_good;

    MPI_Init (&argc, &argv);
    MPI_Comm_rank (MPI_COMM_WORLD, &rank);
    MPI_Comm_size (MPI_COMM_WORLD, &size);
    gethostname (host, sizeof (host) - 1);
    printf ("rank %d of %d on %s pid %d\n", rank, size, host, (int)getpid ());
    fflush (stdout);

    int right = (rank + 1) % size;
    int left = (rank + size - 1) % size;
    good = exchange (rank, right, left) & exchange (rank, left, right);
    MPI_Allreduce (&good, &all_good, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (rank == 0) {
        puts (all_good ? "messages ok" : "messages BAD");
        fflush (stdout);
    }

    if (rank == end.rank && end.signal)
        raise (end.signal);
    MPI_Finalize ();
    if (rank == end.rank)
        return end.status;
    return all_good ? 0 : 1;
}
