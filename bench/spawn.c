/* spawn.c - how long command lines take, side by side
 *
 * usage: spawn [-r ROUNDS] [-d STARTS] [-o FILE]
 *              NAME CMD [ARG...] [--- NAME CMD [ARG...]]...
 *
 * In each round every command is started once by posix_spawn and waited for,
 * one command after the other, so that what else the machine does falls on all
 * alike.  Prints for each the median and the quartiles in milliseconds, the
 * ratio of the median to the first command's, the processor time (mean), and
 * the largest resident memory.  With -d the command starts STARTS programs
 * itself, and the times are of one.  -o writes name, median, ratio and KiB,
 * with tabs.
 *
 * It links libc alone: the memory of a process counts from before its exec.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_COMMANDS = 32, MAX_ROUNDS = 10000, MAX_STARTS = 1024 };

extern char **environ;

// One command line, and what was measured of it.
struct command {
    const char *name; // for the table
    char **argv;      // NULL-terminated
    double *ms;       // one figure per round
    double cpu_ms;    // of all its processes, user and system
    long max_rss_kib; // of the largest process
};

struct bench {
    int n_rounds; // measured ones
    int n_starts; // by each command
    const char *out_path;
    struct command commands[MAX_COMMANDS];
    int n_commands;
};

__attribute__ ((noreturn)) static void die (const char *what)
{
    fprintf (stderr, "spawn: %s\n", what);
    exit (2);
}

static double now_ms (void)
{
    struct timespec t;

    clock_gettime (CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void start (const struct command *command)
{
    pid_t pid;

    if (posix_spawnp (&pid, command->argv[0], NULL, NULL, command->argv,
                      environ) != 0)
        die (command->argv[0]);
}

static double timeval_ms (struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void wait_for (struct command *command)
{
    struct rusage usage;
    int status;

    if (wait4 (-1, &status, 0, &usage) < 0)
        die ("wait4");
    if (status != 0) {
        fprintf (stderr, "spawn: '%s' failed\n", command->name);
        exit (1);
    }
    command->cpu_ms += timeval_ms (usage.ru_utime) +
                       timeval_ms (usage.ru_stime);
    if (usage.ru_maxrss > command->max_rss_kib)
        command->max_rss_kib = usage.ru_maxrss;
}

static double measure (const struct bench *bench, struct command *command)
{
    double begin = now_ms ();

    start (command);
    wait_for (command);
    return (now_ms () - begin) / bench->n_starts;
}

static void run_rounds (struct bench *bench)
{
    // round -1 warms the caches
    for (int round = -1; round < bench->n_rounds; round++)
        for (int i = 0; i < bench->n_commands; i++) {
            double ms = measure (bench, &bench->commands[i]);

            if (round >= 0)
                bench->commands[i].ms[round] = ms;
        }
}

static int compare (const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median (const struct bench *bench, int i)
{
    return bench->commands[i].ms[bench->n_rounds / 2];
}

static void print_table (const struct bench *bench)
{
    int n = bench->n_rounds;

    printf ("%-16s %9s %19s %7s %9s %6s\n", "", "median", "quartiles", "ratio",
            "CPU", "MiB");
    for (int i = 0; i < bench->n_commands; i++) {
        const struct command *c = &bench->commands[i];

        printf ("%-16s %6.2f ms %6.2f .. %6.2f ms %7.2f %6.2f ms %6.1f\n",
                c->name, median (bench, i), c->ms[n / 4], c->ms[3 * n / 4],
                median (bench, i) / median (bench, 0),
                c->cpu_ms / ((n + 1) * bench->n_starts),
                (double)c->max_rss_kib / 1024);
    }
}

static void write_values (const struct bench *bench)
{
    FILE *out = fopen (bench->out_path, "we");

    if (!out)
        die (bench->out_path);
    for (int i = 0; i < bench->n_commands; i++)
        fprintf (out, "%s\t%.4f\t%.3f\t%ld\n", bench->commands[i].name,
                 median (bench, i), median (bench, i) / median (bench, 0),
                 bench->commands[i].max_rss_kib);
    if (fclose (out) != 0)
        die (bench->out_path);
}

static void report (struct bench *bench)
{
    for (int i = 0; i < bench->n_commands; i++)
        qsort (bench->commands[i].ms, (size_t)bench->n_rounds, sizeof (double),
               compare);
    print_table (bench);
    if (bench->out_path)
        write_values (bench);
}

static void parse_commands (struct bench *bench, char **argv)
{
    while (*argv) {
        struct command *c = &bench->commands[bench->n_commands];

        if (bench->n_commands++ == MAX_COMMANDS || !argv[1])
            die ("too many commands, or one without words");
        c->name = *argv++;
        c->argv = argv;
        c->ms = calloc ((size_t)bench->n_rounds, sizeof (double));
        if (!c->ms)
            die ("no memory");
        while (*argv && strcmp (*argv, "---") != 0)
            argv++;
        if (*argv)
            *argv++ = NULL;
    }
}

static int number (const char *text, int max)
{
    char *end;
    long n = strtol (text, &end, 10);

    if (*end || n < 1 || n > max)
        die ("a number is out of range");
    return (int)n;
}

int main (int argc, char **argv)
{
    struct bench bench = {.n_rounds = 100, .n_starts = 1};

    for (int c = getopt (argc, argv, "+r:d:o:"); c != -1;
         c = getopt (argc, argv, "+r:d:o:")) {
        if (c == 'r')
            bench.n_rounds = number (optarg, MAX_ROUNDS);
        else if (c == 'd')
            bench.n_starts = number (optarg, MAX_STARTS);
        else if (c == 'o')
            bench.out_path = optarg;
        else
            die ("usage: spawn [-r N] [-d N] [-o FILE] NAME CMD...");
    }
    parse_commands (&bench, argv + optind);
    if (bench.n_commands == 0)
        die ("no commands");
    run_rounds (&bench);
    report (&bench);
    return 0;
}
