#!/bin/bash
# The command line: help for everything, mistyped things, exit statuses.
. "${0%/*}/lib/tap.sh"

commands=$(udocker --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
like "$commands" 'run' "--help lists commands"
run_expect "-h is --help" 0 "=$(udocker --help)" '' udocker -h
run_expect "help is --help" 0 "=$(udocker --help)" '' udocker help

for command in $commands; do
    help=$(udocker "$command" --help)
    like "$help" "^Usage: udocker $command " "$command --help"
    run_expect "help $command is the same" 0 "=$help" '' \
        udocker help "$command"
    run_expect "--help $command too" 0 "=$help" '' udocker --help "$command"
    status=1
    [ "$command" = run ] && status=125
    run_expect "$command: an unknown option" "$status" '' \
        "=udocker: $command: unknown option '--nonsenze' (--help shows those there are)" \
        udocker "$command" --nonsenze
done

for command in search login logout setup manifest; do
    run_expect "$command is still to come" 1 '' \
        "=udocker: command '$command' is not in this version yet" \
        udocker "$command" --help
    unlike "$commands" "(^|
)$command(
|$)" "  and not in --help"
done

run_expect "no command" 1 '' '~^udocker: no command given' udocker
run_expect "a mistyped command" 1 '' \
    "=udocker: unknown command 'inpsect' (did you mean 'inspect'?)" \
    udocker inpsect
run_expect "an unknown command" 1 '' \
    "=udocker: unknown command 'zzz' (udocker --help shows those there are)" \
    udocker zzz
run_expect "a mistyped option before the command" 1 '' \
    "=udocker: unknown option '--quite' (did you mean '--quiet'?)" \
    udocker --quite images
run_expect "a mistyped option of run" 125 '' \
    "=udocker: run: unknown option '--wrkdir' (did you mean '--workdir'?)" \
    udocker run --wrkdir=/ x
run_expect "the same of udocker-exec" 125 '' \
    "=udocker-exec: unknown option '--wrkdir' (did you mean '--workdir'?)" \
    udocker-exec --wrkdir=/ x
run_expect "an argument is missing" 1 '' \
    "=udocker: name: an argument is missing (usage: udocker name CONTAINER NAME)" \
    udocker name x
run_expect "an argument too many" 1 '' '~too many arguments' udocker ps x
run_expect "run without a container" 125 '' \
    "=udocker: the container's name is missing" udocker run
run_expect "udocker-exec without a container" 125 '' \
    "=udocker-exec: the container's name is missing" udocker-exec
run_expect "an option without its value" 1 '' \
    "=udocker: option '--repo' needs a value: --repo=DIR" udocker --repo
run_expect "--pull of nothing known" 125 '' '~not .often.' \
    udocker run --pull=often x

for option in --publish=1:2 -p=1:2 --publish-all -P --kernel=3.2 \
    --device=/dev/null --dri --netcoop; do
    run_expect "run $option says why not" 125 '' "~'${option%%=*}' is not possible: " \
        udocker run "$option" x
done

version=$(udocker version)
for line in version tarball tarball_release curl libarchive jansson seccomp \
    hwloc pmix slurm; do
    like "$version" "(^|
)$line: [^
]+" "version: $line"
done
run_expect "-V" 0 "=$version" '' udocker -V
run_expect "--version" 0 "=$version" '' udocker --version
run_expect "udocker-exec --version" 0 "=$(head -n 1 <<< "$version")" '' \
    udocker-exec --version
like "$(udocker-exec --help)" '^Usage: udocker-exec .*--workdir=PATH.*--repo=DIR' \
    "udocker-exec --help"

# every option of the manual's chapter on run is explained or refused
help=$(udocker run --help)
for option in rm workdir user volume novol env env-file hostauth containerauth \
    nosysdirs nometa hostenv cpuset-cpus name bindhome location nobanner \
    entrypoint platform pull registry index httpproxy volumes-from dns \
    dns-search; do
    like "$help" "--${option}[ =]" "run --help has --$option"
done

run_expect "the result has nowhere to go" 1 '' \
    '~cannot write to standard output: No space left' \
    bash -c 'udocker showconf > /dev/full'

run_expect "a closed standard error" 1 '' '' \
    bash -c 'exec udocker --nonsense 2>&-'
run_expect "a closed standard output" 1 '' \
    '~cannot write to standard output: Bad file descriptor' \
    bash -c 'exec udocker --help >&-'
run_expect "the version, whatever the configuration" 0 '~^version: ' '' \
    env -u HOME UDOCKER_LOGLEVEL=x udocker --version

libraries=$(ldd "$(command -v udocker-exec)" 2>&1)
unlike "$libraries" 'curl|archive|crypto|seccomp|hwloc|pmix' \
    "udocker-exec needs no library that a rank has no use for"
done_testing
