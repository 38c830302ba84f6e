#!/bin/bash
# user: caller
# What the README shows works as it stands there: the first steps, the batch
# scripts, the lines for mpiexec. Its Docker Hub is a registry of our own.
. "${0%/*}/lib/tap.sh"
. "${0%/*}/lib/registry.sh"
. "${0%/*}/lib/image.sh"
. "${0%/*}/lib/cluster.sh"
. "${0%/*}/lib/mpi.sh"

# block SECTION FIRST: the code block in "## SECTION" that begins so.
block ()
{
    awk -v section="## $1" -v first="$2" '
        /^## / { inside = $0 == section }
        !inside { next }
        /^    / {
            line = substr($0, 5)
            if (!code)
                wanted = index(line, first) == 1
            code = 1
            if (wanted)
                print line
            next
        }
        /^$/ && code { pending = 1; code = 0; next }' \
        "$UDOCKER_SRCDIR/README.md"
}

need_userns
registry_start
busybox_push "$registry/library/debian:12" > digest
export UDOCKER_REGISTRY=http://$registry

mapfile -t lines < <(block "First use" "udocker pull")
ok "the first steps are found" [ "${#lines[@]}" -gt 4 ]
cd "$HOME" || exit
for line in "${lines[@]}"; do
    run as_user bash -c "$line"
    is "$status$err" 0 "\$ $line"
done
like "$out" "\['deb'\] +[^ ]*debian:12" "and ps shows the container"
run as_user udocker run deb cat /etc/os-release
like "$out" "busybox" "which is the image's"
cd "$scratch" || exit
if [ "$(id -u)" -ne 0 ]; then
    skip "missing prerequisite: root"
    done_testing
fi

unset UDOCKER_REGISTRY
mpi_image_start
ok "pull the MPI image" as_user udocker pull "$registry/demo:latest"
ok "create demo" as_user udocker create --name=demo "$registry/demo:latest"
cluster_start 2
cd "$HOME" || exit
n=0
while IFS= read -r line; do
    case $line in
    '#!'*) n=$((n + 1)) ;;
    esac
    echo "$line" >> "job$n"
done < <(block "MPI jobs" '#!/bin/bash')
is "$n" 2 "two batch scripts are found"
for ((; n > 0; n--)); do
    run as_user sbatch --wait --output="job.out" "job$n"
    out=$(cat job.out)
    ok "sbatch: $(grep -v '^#' "job$n")" ranks_say 4
    like "$out" 'on n1 .*on n2 |on n2 .*on n1 ' "  on two nodes"
done
while IFS= read -r line; do
    # shellcheck disable=SC2086  # the README's words
    ranks_ok "\$ $line" 4 $line
done < <(block "MPI jobs" "mpiexec.openmpi")
done_testing
