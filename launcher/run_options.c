/* run_options.c - the options of `udocker run` and udocker-exec */
#include <stddef.h>
#include <string.h>

#include "launcher/run_options.h"

#define FIELD(name) offsetof (struct run_options, name)

const char run_operands[] = "CONTAINER|IMAGE [COMMAND [ARG...]]";
const char run_what[] = "run a program in a container";

const struct option_spec run_specs[] = {
    {"rm", 0, OPTION_FLAG, NULL, FIELD (remove),
     "remove the container when the program has ended"},
    {"workdir", 'w', OPTION_STRING, "PATH", FIELD (workdir),
     "directory in the container to start in"},
    {"user", 'u', OPTION_STRING, "USER", FIELD (user),
     "NAME, UID, UID:GID or NAME:GROUP in the container"},
    {"volume", 'v', OPTION_LIST, "HOST[:CONT[:ro]]", FIELD (volumes),
     "show a file or directory of the host in the container"},
    {"novol", 0, OPTION_LIST, "PATH", FIELD (novol),
     "do not show this one of the host's directories"},
    {"env", 'e', OPTION_LIST, "NAME[=VALUE]", FIELD (env),
     "set a variable; without a value, the host's"},
    {"env-file", 0, OPTION_LIST, "FILE", FIELD (env_file),
     "set the variables in FILE, a NAME=VALUE on each line"},
    {"hostauth", 0, OPTION_FLAG, NULL, FIELD (hostauth),
     "be known in the container by the host's account"},
    {"containerauth", 0, OPTION_FLAG, NULL, FIELD (containerauth),
     "leave the container's passwd and group files as they are"},
    {"nosysdirs", 0, OPTION_FLAG, NULL, FIELD (nosysdirs),
     "do not show the host's /dev, /proc, /sys and the like"},
    {"nometa", 0, OPTION_FLAG, NULL, FIELD (nometa),
     "ignore what the image says about how to run it"},
    {"hostenv", 0, OPTION_FLAG, NULL, FIELD (hostenv),
     "pass the host's variables where the image sets none"},
    {"cpuset-cpus", 0, OPTION_STRING, "CPUS", FIELD (cpuset),
     "CPUs to run on, such as 0,2-3"},
    {"name", 0, OPTION_STRING, "NAME", FIELD (name),
     "give the container a name"},
    {"bindhome", 0, OPTION_FLAG, NULL, FIELD (bindhome),
     "show the home directory in the container"},
    {"location", 0, OPTION_STRING, "DIR", FIELD (location),
     "run in directory DIR, which takes CONTAINER's place"},
    {"nobanner", 0, OPTION_FLAG, NULL, FIELD (nobanner),
     "no banner on the terminal"},
    {"entrypoint", 0, OPTION_STRING, "PROGRAM", FIELD (entrypoint),
     "in place of the image's own; empty for none"},
    {"platform", 0, OPTION_STRING, "OS/ARCH", FIELD (platform),
     "platform of an image that has to be pulled"},
    {"pull", 0, OPTION_STRING, "HOW", FIELD (pull),
     "an IMAGE: missing (default), never, always, or reuse the container "
     "--name"},
    {"registry", 0, OPTION_STRING, "URL", FIELD (registry),
     "registry to pull from"},
    {"index", 0, OPTION_STRING, "URL", FIELD (index), "index of that registry"},
    {"httpproxy", 0, OPTION_STRING, "PROXY", FIELD (httpproxy),
     "proxy to pull through"},
    {"execmode", 0, OPTION_STRING, "MODE", FIELD (execmode),
     "execution mode, for this run only"},
    {"print-plan", 0, OPTION_FLAG, NULL, FIELD (print_plan),
     "print what would be done, as JSON, and end"},
    {"interactive", 'i', OPTION_IGNORED, NULL, 0,
     "no effect: standard input is always there"},
    {"tty", 't', OPTION_IGNORED, NULL, 0,
     "no effect: the terminal is always there"},
    {"attach", 'a', OPTION_IGNORED, NULL, 0, "no effect: always attached"},
    {"dns", 0, OPTION_IGNORED, "IP", 0, "no effect: the host's is used"},
    {"dns-search", 0, OPTION_IGNORED, "DOMAIN", 0,
     "no effect: the host's is used"},
    {"volumes-from", 0, OPTION_IGNORED, "CONTAINER", 0, "no effect"},
    {"publish", 'p', OPTION_REFUSED, "PORTS", 0,
     "the network is the host's, without ports to map"},
    {"publish-all", 'P', OPTION_REFUSED, NULL, 0,
     "the network is the host's, without ports to map"},
    {"kernel", 0, OPTION_REFUSED, "RELEASE", 0,
     "it needs an execution mode that is not in this version yet"},
    {"device", 0, OPTION_REFUSED, "PATH", 0,
     "it needs an execution mode that is not in this version yet (all of the "
     "host's /dev is in the container)"},
    {"dri", 0, OPTION_REFUSED, NULL, 0, "it is not in this version yet"},
    {"netcoop", 0, OPTION_REFUSED, NULL, 0,
     "it needs an execution mode that is not in this version yet"},
    {0},
};

static int check_pull (const struct run_options *options, struct err *err)
{
    static const char *const ways[] = {"missing", "never", "always", "reuse"};

    for (size_t i = 0; i < sizeof (ways) / sizeof (*ways); i++)
        if (!options->pull || strcmp (options->pull, ways[i]) == 0)
            return 0;
    return err_set (err, 0,
                    "--pull is missing, never, always or reuse, not '%s'",
                    options->pull);
}

int run_options_check (const struct run_options *options, struct err *err)
{
    if (options->hostauth && options->containerauth)
        return err_set (err, 0,
                        "--hostauth and --containerauth contradict each other");
    if (options->location && (options->name || options->remove))
        return err_set (err, 0, "--location is no container: %s has no meaning",
                        options->name ? "--name" : "--rm");
    if (options->pull && strcmp (options->pull, "reuse") == 0 && !options->name)
        return err_set (err, 0,
                        "--pull=reuse needs --name, the container to "
                        "use when it exists");
    return check_pull (options, err);
}
