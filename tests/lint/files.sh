#!/bin/bash
# files.sh - the files that belong to the project, one to a line.
#
# usage: files.sh TREE [all|c|shell]
#
# all: every one; c: C sources and headers; shell: scripts. Samples of what the
# lint refuses (tests/lint/bad) are in all only. In a git checkout git knows;
# elsewhere, as in an unpacked release, everything but what autotools make.

set -eu
cd "$1"

every ()
{
    # root may look at another user's checkout
    if git -c safe.directory='*' ls-files --error-unmatch configure.ac \
        > /dev/null 2>&1; then
        git -c safe.directory='*' ls-files --cached --others --exclude-standard
    else
        find . \( -path ./build -o -path ./build-aux -o -path ./autom4te.cache \
            \) -prune -o -type f ! -path ./configure ! -path ./aclocal.m4 \
            ! -path ./config.h.in ! -path ./Makefile.in \
            ! \( -path './m4/*' ! -name 'ud_*' \) -print | sed 's|^\./||' | sort
    fi | while IFS= read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

scripts ()
{
    local file
    while IFS= read -r file; do
        case $file in
        *.sh | *.t) echo "$file" ;;
        *) [[ $(head -c 15 "$file" | tr -d '\0') != '#!'*sh* ]] \
            || echo "$file" ;;
        esac
    done
}

case ${2:-all} in
all) every ;;
c) every | grep '\.[ch]$' | grep -v '^tests/lint/bad/' ;;
shell) every | grep -v '^tests/lint/bad/' | scripts ;;
esac
