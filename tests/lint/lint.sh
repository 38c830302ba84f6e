#!/bin/bash
# lint.sh - the project's own checks of its sources.
#
# usage: lint.sh [CHECK [FILE...]]
#
# Without arguments runs all checks on this tree, and tells what they found.
# CHECK FILE... runs one on some files, named from the current directory: the
# tests do so with samples that it must refuse. Status 1: something was found;
# 77: what the check needs is not on this machine.

set -u

here=$(cd "${0%/*}" && pwd)
tree=${here%/tests/lint}
checks=(include size words comments text banned format shell)

# c_check NAME FILE...: the checks that are awk programs
c_check ()
{
    awk -v exceptions="$exceptions" -v stale="$stale" -f "$here/code.awk" \
        -f "$here/$1.awk" "${@:2}"
}

need ()
{
    command -v "$1" > /dev/null && return
    echo "$1"
    exit 77
}

# Other versions of clang-format break lines elsewhere.
clang_format ()
{
    local name
    for name in clang-format-14 clang-format; do
        [[ $("$name" --version 2> /dev/null) == *" version 14."* ]] || continue
        "$name" --style=file:"$tree/.clang-format" --dry-run -Werror \
            --ferror-limit=3 "$@"
        return
    done
    echo "clang-format 14"
    exit 77
}

# The build puts base/banned.h before every file.
banned ()
{
    tr -d '\\\n' < "$1" | grep -qE \
        '(^|[^_A-Za-z])AM_CPPFLAGS =[^=]*-include[ 	]+[^ ]*/base/banned\.h' \
        && return
    echo "$1: AM_CPPFLAGS does not include base/banned.h"
    return 1
}

check ()
{
    local name=$1
    shift
    case $name in
    words) c_check words "$tree/base/banned.h" "$@" ;;
    include | size | comments) c_check "$name" "$@" ;;
    text) "$here/text.sh" "$@" ;;
    banned) banned "$@" ;;
    format) clang_format "$@" ;;
    shell) need shellcheck && shellcheck -x "$@" ;;
    *) echo "lint.sh: no check '$name'" >&2; exit 2 ;;
    esac
}

# The files that a check is for.
files_of ()
{
    case $1 in
    text) "$here/files.sh" . all | grep -v '^tests/lint/bad/' ;;
    banned) echo Makefile.am ;;
    shell) "$here/files.sh" . shell ;;
    *) "$here/files.sh" . c ;;
    esac
}

exceptions=/dev/null
stale=0
if [ $# -gt 1 ]; then
    check "$@"
    exit
fi

cd "$tree" || exit
exceptions=tests/lint/exceptions
stale=1
rc=0
for name in "${@:-${checks[@]}}"; do
    mapfile -t files < <(files_of "$name")
    (check "$name" "${files[@]}") || rc=$?
done
exit "$rc"
