# size.awk - ceilings: 600 lines to a file; 100 lines, 6 parameters and a
# complexity of 15 to a function (1 + if for while case && || ?). A function
# begins with its name and ends with a brace in column 0; clang-format sees to
# that shape. usage: awk -v exceptions=LIST -f code.awk -f size.awk FILE...
#
# LIST has lines "size FILE FUNCTION REASON", or '-' for FUNCTION when the file
# itself is meant.

BEGIN { read_exceptions("size") }

function ceiling(file, line, value, limit, name, what)
{
    if (value > limit && !excepted(file, name))
        finding(file ":" line, (name == "-" ? "" : "'" name "' ") "has " \
            value " " what ", the ceiling is " limit)
}

# The header of a function in one line: its name and how many parameters.
function take_header(text,    depth, i, c)
{
    while (match(text, /__attribute__ *\(\([^()]*(\([^()]*\))?[^()]*\)\)/))
        text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
    i = index(text, "(")
    name = substr(text, 1, i - 1)
    sub(/[ \t]+$/, "", name)
    sub(/.*[^A-Za-z0-9_]/, "", name)
    text = substr(text, i + 1)
    params = text ~ /^ *(void *)?\)/ ? 0 : 1
    for (i = depth = 1; depth > 0 && i <= length(text); i++) {
        c = substr(text, i, 1)
        depth += (c == "(") - (c == ")")
        params += depth == 1 && c == ","
    }
}

function end_of_file()
{
    ceiling(file, lines, lines, 600, "-", "lines")
}

FNR == 1 {
    if (file != "")
        end_of_file()
    file = FILENAME
    inside = 0
    header = ""
}

{
    lines = FNR
    text = code($0)
}

text ~ /^[ \t]*#/ {
    header = ""
    next
}

!inside && text ~ /^[{]/ {
    take_header(header)
    inside = 1
    complexity = 1
    next
}

!inside {
    if (text ~ /^[ \t]*$/ || text ~ /[;}]$/) {
        header = ""
    } else {
        if (header == "")
            begin = FNR
        header = header " " text
    }
    next
}

text ~ /^[}]/ {
    inside = 0
    header = ""
    ceiling(file, begin, FNR - begin + 1, 100, name, "lines")
    ceiling(file, begin, params, 6, name, "parameters")
    ceiling(file, begin, complexity, 15, name, "branches")
    next
}

{
    complexity += count(text, "&&|\\|\\||[?]") + count(" " text " ", \
        "[^A-Za-z0-9_](if|for|while|case)[^A-Za-z0-9_]")
}

END {
    if (file != "")
        end_of_file()
    found()
}
