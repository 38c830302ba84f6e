#!/bin/bash
# user: caller
# The lint: each of its checks refuses its bad samples, then finds nothing in
# the source tree. What it checks and how: tests/lint/lint.sh.
. "${0%/*}/lib/tap.sh"

lint=$UDOCKER_SRCDIR/tests/lint/lint.sh
bad=$UDOCKER_SRCDIR/tests/lint/bad

# refuses NAME CHECK FILE REGEX: the check ends with 1 and says this.
refuses ()
{
    run "$lint" "$2" "$3"
    if [ "$status" -eq 77 ]; then
        skip "missing prerequisite: $out"
    elif [ "$status" -eq 1 ] && [[ $out$err =~ $4 ]]; then
        pass "$2 refuses $1"
    else
        fail "$2 refuses $1" "status $status, wanted 1 and /$4/:" "$out" "$err"
    fi
}

cd "$bad" || exit
while IFS= read -r sample; do
    check=${sample%%/*}
    cd "$bad/$check" || exit
    text=$(sed -n 's/.*refused: \(.*[^ */]\)[ */]*$/\1/p' "${sample#*/}")
    refuses "${sample#*/}" "$check" "${sample#*/}" "${text:-no text}"
done < <(find . -type f | sed 's|^\./||' | sort)

# what would be too long to keep, or must not stand in any file
cd "$scratch" || exit
{
    echo '/* long */'
    yes '// line' | head -n 600
} > long.c
refuses "601 lines" size long.c "has 601 lines, the ceiling is 600"
{
    echo '/* long function */'
    printf '%s\n' 'static int long_one (int a)' '{'
    yes '    a++;' | head -n 98
    echo '}'
} > function.c
refuses "a function of 101 lines" size function.c "'long_one' has 101 lines"
for note in TO'DO' FIX'ME' X'XX'; do
    echo "# $note: later" > note
    refuses "$note" text note "a note to oneself"
done
echo "cd /wo""rk/main" > path
refuses "a path of one machine" text path "a path of one machine"
echo "cd $PWD/x" > path
refuses "the path of the checkout" text path "the path of this checkout"
echo "https://deb.deb""ian.org/debian" > host
refuses "a registry's host" text host "the host of a package registry"

# the list of exceptions is itself checked
printf '/* head */\nvoid f (void)\n{\n    goto out;\n}\n' > goto.c
for line in 'words goto.c goto' 'words none.c goto too long ago'; do
    echo "$line" > exceptions
    run awk -v exceptions=exceptions -v stale=1 \
        -f "${lint%/*}/code.awk" -f "${lint%/*}/words.awk" goto.c
    is "$status" 1 "the exception '$line' is refused"
    like "$out" "exceptions: .*($line|none.c goto)" "and named"
done
echo 'words goto.c goto a reason' > exceptions
ok "an exception with a reason passes" awk -v exceptions=exceptions \
    -v stale=1 -f "${lint%/*}/code.awk" -f "${lint%/*}/words.awk" goto.c

for check in include size words comments text banned format shell; do
    run "$lint" "$check"
    if [ "$status" -eq 77 ]; then
        skip "missing prerequisite: $out"
    elif [ "$status" -eq 0 ]; then
        pass "$check: nothing to find in the source tree"
    else
        fail "$check: nothing to find in the source tree" "$out" "$err"
    fi
done
done_testing
