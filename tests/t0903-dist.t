#!/bin/bash
# user: caller
# A release has all that is needed: it builds in another directory, as an
# unprivileged user, without what is optional; and what it installs can be
# moved.
. "${0%/*}/lib/tap.sh"
unset MAKEFLAGS MFLAGS MAKELEVEL
dist=$scratch/dist

run make -s -C "$UDOCKER_BUILDDIR" distdir distdir="$dist"
is "$status" 0 "make distdir" || diag "$err"
missing=
while IFS= read -r file; do
    [ -e "$dist/$file" ] || missing+=" $file"
done < <("$UDOCKER_SRCDIR/tests/lint/files.sh" "$UDOCKER_SRCDIR")
is "$missing" "" "it has every file of the project"
ok "and a configure script" [ -x "$dist/configure" ]
is "$("$dist/tests/lint/files.sh" "$dist" | sort)" \
    "$("$UDOCKER_SRCDIR/tests/lint/files.sh" "$UDOCKER_SRCDIR" | sort)" \
    "and knows its files without git"

as_user mkdir "$HOME/build"
chmod -R go+rX,go-w "$dist"
cd "$HOME/build" || exit
ok "configure, in another directory" as_user "$dist/configure" -q \
    --enable-developer --without-hwloc --without-pmix --without-slurm \
    --prefix="$HOME/first"
ok "make" as_user make -s -j "$(nproc)"
ok "make install" as_user make -s install
is "$(find "$HOME/first" -type f ! -perm -u=rw)" "" "with usual permissions"

mv "$HOME/first" "$HOME/moved to"
ln -s "$HOME/moved to" "$HOME/link"
run as_user "$HOME/link/bin/udocker" version
is "$status" 0 "the programs run where they were moved to"
for feature in hwloc pmix slurm; do
    like "$out" "$feature: left out" "version tells that $feature is left out"
done
ok "mkrepo" as_user "$HOME/link/bin/udocker" mkrepo "$HOME/.udocker"
# for an image it becomes udocker, which it has to find
run_expect "udocker-exec finds udocker" 125 '' \
    '~^udocker: .*no container or image .nothere:1' \
    as_user "$HOME/link/bin/udocker-exec" --pull=never nothere:1
found=$(grep -rlF "$HOME/first" "$HOME/moved to")
is "$found" "" "no installed file names the first place"

run ldd "$HOME/moved to/bin/udocker-exec"
unlike "$out" "curl|archive|ssl|crypto" "udocker-exec loads no library of pull's"
done_testing
