#!/bin/bash
# Repositories: made, found where they are said to be, and the tools in them.
. "${0%/*}/lib/tap.sh"

run_expect "install" 0 '' "~repository '$HOME/.udocker'" udocker install
is "$(cd "$HOME/.udocker" && echo *)" "bin containers doc layers lib repos" \
    "makes a repository"
run_expect "again" 0 '' "~repository" udocker install
run_expect "-q says nothing" 0 '' '' udocker -q install
run_expect "images of an empty one" 0 '=REPOSITORY' '' udocker images
run_expect "ps of an empty one" 0 '~^CONTAINER ID +P M NAMES +IMAGE$' '' udocker ps

rm -rf "$HOME/.udocker"
run_expect "a command makes what is missing" 0 '=REPOSITORY' '' udocker images
ok "  all of it" test -d "$HOME/.udocker/containers"

run_expect "mkrepo" 0 '' '' udocker mkrepo deep/repo
ok "  makes the directories above" test -d deep/repo/layers
run_expect "--repo" 0 '=REPOSITORY' '' udocker --repo=deep/repo images
run_expect "--repo of nothing" 1 '' "~'$scratch/none' is no udocker repository" \
    udocker --repo=none images
not_ok "  does not make it" test -e none
: > file
run_expect "mkrepo on a file" 1 '' '~Not a directory' udocker mkrepo file/repo

mkdir other
export UDOCKER_DIR=$scratch/top UDOCKER_CONTAINERS=$scratch/other/c
run_expect "parts elsewhere" 0 '' '' udocker -q install
ok "  are made there" test -d other/c
not_ok "  and not here" test -e top/containers
unset UDOCKER_CONTAINERS

# tools NAME...: a tarball with these members, NAME=TEXT for files
tools ()
{
    local member
    rm -rf tools
    for member; do
        mkdir -p "$(dirname "tools/${member%%=*}")"
        echo "${member#*=}" > "tools/${member%%=*}"
    done
    chmod -R 755 tools
    tar -C tools -czf tools.tar.gz .
}

tools udocker_dir/bin/proot=p1 udocker_dir/lib/VERSION=1.2.11 \
    udocker_dir/doc/LICENSE=l elsewhere=e
export UDOCKER_TARBALL=$scratch/tools.tar.gz
run_expect "install with a tarball" 0 '' "~tools are in '$UDOCKER_DIR/bin'" \
    udocker install
is "$(cat top/bin/proot)" p1 "its programs"
ok "  can be run" test -x top/bin/proot
like "$(udocker version)" 'tarball_release: 1.2.11' "version knows it"
not_ok "nothing else of it" test -e top/elsewhere -o -e elsewhere
is "$(ls top/.udocker/stage)" '' "nothing is left in the stage"
tools udocker_dir/bin/proot=p2 udocker_dir/lib/VERSION=1.2.12
udocker -q install
is "$(cat top/bin/proot)" p1 "what is there stays"
UDOCKER_TARBALL="none.tar file://$scratch/tools.tar.gz" udocker -q install --force
is "$(cat top/bin/proot)" p2 "--force, and the second of two sources"
ok "files of the first are still there" test -e top/doc/LICENSE
run_expect "--purge" 0 '' '*' env -u UDOCKER_TARBALL udocker install --purge
is "$(find top/bin top/lib top/doc ! -type d)" '' "removes them"

tools readme=r
run_expect "another tarball" 1 '' "~not a tarball of udocker's tools" \
    udocker install
head -c 1000 /dev/urandom > tools.tar.gz
run_expect "no tarball at all" 1 '' "~^udocker: tarball '.*tools.tar.gz': " \
    udocker install
run_expect "one that is not there" 1 '' '~No such file' \
    env UDOCKER_TARBALL=/none.tar udocker install
run_expect "one that is not secure" 1 '' '~is not secure' \
    env UDOCKER_TARBALL=http://192.0.2.1/t.tar udocker install
mkdir -p tools/udocker_dir/bin victim
: > victim/keep
ln -s "$scratch/victim" tools/udocker_dir/lib
tar -C tools -cf tools.tar.gz udocker_dir
mkdir -p tools2/udocker_dir/lib
echo x > tools2/udocker_dir/lib/x
tar -C tools2 -rf tools.tar.gz udocker_dir/lib/x
udocker -q install
is "$(ls victim)" keep "a link in a tarball leads nowhere"
done_testing
