# comments.awk - every .c begins with a comment that says what it does, and of
# the prototypes in the headers, and of the fields of their structs, 90% have a
# comment: a prototype above it or above the group that it stands in, a field
# at its side or above. usage: awk -v
# exceptions=LIST -f code.awk -f comments.awk FILE...
#
# Lists what lacks a comment only when there are too many. LIST has lines
# "comments FILE STRUCT REASON" for fields that are explained elsewhere.

BEGIN { read_exceptions("comments") }

function lacks(what)
{
    missing = missing FILENAME ":" FNR ": " what " has no comment\n"
    n_missing++
}

# One of 'kind' is there, with a comment or not.
function counted(kind, has)
{
    n_all++
    if (!has)
        lacks(kind)
}

FNR == 1 {
    in_struct = in_header = commented = 0
    if (FILENAME ~ /\.c$/ && $0 !~ /^\/\*/)
        finding(FILENAME, "does not begin with a comment")
}

FILENAME !~ /\.h$/ { next }

{
    text = code($0)
    has_comment = text != $0 || code_comment
}

# a blank line ends what a comment speaks of
/^[ \t]*$/ { commented = 0 }

text ~ /^[ \t]*$/ {
    if (has_comment)
        commented = 1
    next
}

text ~ /^[ \t]*#/ || text ~ /^(DEFINE_|static inline)/ { next }

in_struct && text ~ /^[}]/ {
    in_struct = 0
    next
}

in_struct && text ~ /;[ \t]*$/ {
    counted("field" text, has_comment || commented)
    commented = commented && !has_comment
    next
}

text ~ /^struct [a-z0-9_]+ [{]/ {
    split(text, word, " ")
    in_struct = !excepted(FILENAME, word[2])
    commented = 0
    next
}

!in_struct && text ~ /^[a-z].*\(/ && !in_header {
    in_header = 1
    counted("'" text "'", commented)
}

in_header && text ~ /;[ \t]*$/ { in_header = 0 }
in_header && text ~ /^[{]/ { in_header = 0 }

END {
    if (n_missing > n_all / 10) {
        printf "%s", missing
        finding("comments", n_missing " of " n_all " are missing, more than 10%")
    }
    found()
}
