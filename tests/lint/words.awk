# words.awk - what the compiler lets through: banned functions (those of
# base/banned.h, for files that the build may give no -include, and more),
# assignments inside conditions, goto, control flow hidden in macros, printing
# and ending in libraries, descriptors that a program would inherit.
# usage: awk -v exceptions=LIST -f code.awk -f words.awk base/banned.h FILE...
#
# LIST has lines "words FILE WORD REASON".

BEGIN {
    read_exceptions("words")
    split("alloca asctime ctime gmtime localtime rand srand vfork goto", word)
    for (n in word)
        banned[word[n]] = "is banned"
    split("printf vprintf puts putchar perror stdout stderr exit abort", word)
    for (n in word)
        library[word[n]] = "does not belong in a library"
    makes_fd = "(open|openat|socket|accept4|epoll_create1|memfd_create|dup3)"
    leaks_fd = "(pipe|dup|dup2|accept|creat|epoll_create|inotify_init)"
}

FILENAME ~ /base\/banned\.h$/ {
    if ($1 == "#pragma" && $3 == "poison")
        for (n = 4; n <= NF; n++)
            banned[$n] = "is banned"
    next
}

function refuse(word, why)
{
    if (!excepted(FILENAME, word))
        finding(FILENAME ":" FNR, "'" word "' " why)
}

# Every word of 'text' that is banned here.
function look_up(text,    word, i, n)
{
    sub(/format \(printf,/, "", text)
    n = split(text, word, /[^A-Za-z0-9_]+/)
    for (i = 1; i <= n; i++) {
        if (word[i] in banned)
            refuse(word[i], banned[word[i]])
        if (in_library && word[i] in library)
            refuse(word[i], library[word[i]])
    }
}

# The conditions of a statement that spans lines: gathered until its
# parentheses are closed.
function conditions(text,    at)
{
    if (statement == "") {
        at = match(text, /(^|[^A-Za-z0-9_])(if|while|switch|for) \(/)
        if (!at)
            return
        text = substr(text, at)
    }
    statement = statement text
    if (count(statement, "\\(") > count(statement, "\\)"))
        return
    if (statement ~ /for \(/) {
        sub(/^[^;]*;/, "", statement)
        sub(/;.*/, "", statement)
    } else {
        statement = closed(statement)
    }
    if (statement ~ /[^=!<>]=[^=]/)
        refuse("=", "inside a condition")
    statement = ""
}

# 'text' up to the parenthesis that closes its first one.
function closed(text,    i, depth, c)
{
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        depth += (c == "(") - (c == ")")
        if (c == ")" && depth == 0)
            return substr(text, 1, i)
    }
    return text
}

# A call that makes a descriptor says that the next program does not get it.
function inherits(text)
{
    if (call == "") {
        text = " " text
        if (!match(text, "[^A-Za-z0-9_>.]" "(" makes_fd "|" leaks_fd ") \\("))
            return
        text = substr(text, RSTART + 1)
    }
    call = call text
    if (count(call, "\\(") > count(call, "\\)"))
        return
    if (call ~ "^" leaks_fd " " || call !~ /CLOEXEC|flags|FLAGS|type/)
        refuse(substr(call, 1, index(call, " ") - 1), "lacks O_CLOEXEC")
    call = ""
}

FNR == 1 {
    statement = call = ""
    in_macro = 0
    in_library = FILENAME ~ /^(base|plan|store|engines|pmi|slurm)\//
}

{
    text = code($0)
    if (text ~ /^[ \t]*#[ \t]*define/)
        in_macro = 1
    if (in_macro && text ~ /(^|[^A-Za-z0-9_])(return|goto|break|continue)[^A-Za-z0-9_]/)
        refuse("macro", "hides control flow")
    if (in_macro && text !~ /\\$/)
        in_macro = 0
    if (text ~ /^[ \t]*#/)
        next
    look_up(text)
    conditions(text)
    if (FILENAME !~ /^tests\//)
        inherits(text)
}

END { found() }
