# include.awk - folders include each other in one direction:
#
#     base <- plan <- store, engines, pmi <- launcher
#
# slurm uses base and plan only, tests all. usage: awk -f code.awk -f
# include.awk FILE..., paths relative to the top of the tree.

BEGIN {
    may["base"] = " base "
    may["plan"] = " base plan "
    may["store"] = " base plan store "
    may["engines"] = " base plan engines "
    may["pmi"] = " base plan pmi "
    may["slurm"] = " base plan slurm "
    may["launcher"] = " base plan store engines pmi launcher "
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split(FILENAME, path, "/")
    split($0, quoted, "\"")
    split(quoted[2], target, "/")
    if (!(path[1] in may))
        next
    if (!(target[1] in may))
        finding(FILENAME ":" FNR, "'" quoted[2] "' is not named from the top of the tree")
    else if (index(may[path[1]], " " target[1] " ") == 0)
        finding(FILENAME ":" FNR, path[1] " must not include '" quoted[2] "'")
}

END { found() }
