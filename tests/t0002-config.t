#!/bin/bash
# The configuration: files, environment, options, and bad ones of each.
. "${0%/*}/lib/tap.sh"

# conf [VARIABLE=VALUE...] -- [OPTION...] KEY: what the configuration says
conf ()
{
    local -a env=()
    while [ "$1" != -- ]; do
        env+=("$1")
        shift
    done
    shift
    env "${env[@]}" udocker "${@:1:$#-1}" showconf | sed -n "s/^${!#} = //p"
}

is "$(conf -- topdir)" "\"$HOME/.udocker\"" "the repository is in the home"
is "$(conf -- cmd)" '["bash", "-i"]' "a list"
is "$(conf UDOCKER_DIR="$scratch/r" -- topdir)" "\"$scratch/r\"" "UDOCKER_DIR"
is "$(conf UDOCKER_DIR=r -- topdir)" "\"$scratch/r\"" "a relative UDOCKER_DIR"
is "$(conf UDOCKER_DIR= -- topdir)" "\"$HOME/.udocker\"" "an empty one is none"
is "$(conf UDOCKER_DIR="$scratch/r" -- --repo="$scratch/s" topdir)" \
    "\"$scratch/s\"" "--repo"
is "$(conf UDOCKER_REGISTRY='"q"' -- dockerio_registry_url)" '"\"q\""' \
    "a variable is taken as it is"

mkdir -p "$HOME/.udocker" r
echo 'timeout = 1' > "$HOME/.udocker/udocker.conf"
is "$(conf -- timeout)" 1 "the home's file"
printf 'timeout = 2\nctimeout = 2\n' > r/udocker.conf
is "$(conf UDOCKER_DIR=r -- timeout)" 2 "the repository's file"
printf '[DEFAULT]\nctimeout = 3\n' > c.conf
is "$(conf UDOCKER_DIR=r -- --config=c.conf ctimeout)" 3 "--config"
is "$(conf UDOCKER_DIR=r -- --config=c.conf timeout)" 2 "  beside the others"
is "$(conf UDOCKER_LOGLEVEL=1 -- verbose_level)" 1 "the environment"

udocker showconf > shown.conf
run_expect "showconf is a configuration file" 0 "=$(cat shown.conf)" '' \
    env HOME="$scratch" udocker --config=shown.conf showconf

echo 'nonsense' > bad.conf
run_expect "a malformed line" 1 '' \
    "=udocker: bad.conf:1: 'nonsense' is not 'key = value'" \
    udocker --config=bad.conf images
printf '\ntimeout = soon\n' > bad.conf
run_expect "a malformed value" 1 '' \
    "=udocker: bad.conf:2: timeout: 'soon' is not a number" \
    udocker --config=bad.conf images
run_expect "the same for run" 125 '' '~bad.conf:2' \
    udocker --config=bad.conf run x
run_expect "the same for udocker-exec" 125 '' '~bad.conf:2' \
    udocker-exec --config=bad.conf x
run_expect "help needs no configuration" 0 '*' '' \
    udocker --config=bad.conf help
run_expect "a malformed variable" 1 '' \
    "=udocker: environment variable UDOCKER_LOGLEVEL: 'loud' is not a number" \
    env UDOCKER_LOGLEVEL=loud udocker images
run_expect "--config of nothing" 1 '' "~cannot open 'none.conf'" \
    udocker --config=none.conf images
head -c 300000 /dev/zero | tr '\0' '#' > bad.conf
run_expect "a file beyond measure" 1 '' "~is larger than 262144 bytes" \
    udocker --config=bad.conf images
mkdir dir.conf
run_expect "a directory" 1 '' '~not a regular file' \
    udocker --config=dir.conf images
run_expect "nowhere to put a repository" 1 '' '~set HOME or UDOCKER_DIR' \
    env -u HOME udocker images

echo 'colour = blue' > new.conf
run_expect "a key that is not known is no error" 0 '*' '' \
    udocker --config=new.conf showconf
run_expect "  but -D tells" 0 '*' "~key 'colour' is not known" \
    udocker -D --config=new.conf showconf
done_testing
