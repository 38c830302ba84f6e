# shellcheck shell=bash disable=SC2154 # variables of base.sh
# debian.sh - root file systems by debootstrap. Needs root. Source base.sh
# first.

# debian_root DIR SUITE PACKAGE,PACKAGE...: the smallest SUITE with these
# packages, from the mirror that this machine's own apt uses; where apt tells
# none, debootstrap knows one.
debian_root ()
{
    local -a url
    # shellcheck disable=SC2016  # apt's variables
    mapfile -t url < <(apt-get indextargets \
        --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' \
        | awk -v s="$2" '$2 == s { print $1; exit }')
    debootstrap --variant=minbase --include="$3" "$2" "$1" "${url[@]}" \
        > "$scratch/debootstrap.log" 2>&1 && return
    diag "debootstrap failed:" "$(tail -n 20 "$scratch/debootstrap.log")"
    return 1
}
