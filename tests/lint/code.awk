# code.awk - C for line-wise checks; read before a checker's own program, which
# is run as  awk -f code.awk -f CHECK.awk FILE...
#
# code($0) is the line without comments and with empty strings, so that words
# in text do not count; call it for every line, in order. It knows where one
# file ends and the next begins. finding(where, text) reports, and found() ends
# a checker with its status.

function code(line,    out, pair, c)
{
    if (FNR == 1)
        code_comment = 0
    out = ""
    while (line != "") {
        if (code_comment) {
            if (!match(line, /\*\//))
                return out
            line = substr(line, RSTART + 2)
            code_comment = 0
            continue
        }
        c = substr(line, 1, 1)
        pair = substr(line, 1, 2)
        if (pair == "//")
            return out
        if (pair == "/*") {
            code_comment = 1
            line = substr(line, 3)
        } else if (match(line, /^"([^"\\]|\\.)*"/)) {
            out = out "\"\""
            line = substr(line, RLENGTH + 1)
        } else if (match(line, /^'([^'\\]|\\.)+'/)) {
            out = out "0"
            line = substr(line, RLENGTH + 1)
        } else {
            out = out c
            line = substr(line, 2)
        }
    }
    return out
}

# How often the regular expression 're' is in 'text'.
function count(text, re)
{
    return gsub(re, "&", text)
}

# An exception of this checker: "KIND FILE WHAT REASON" in the file 'exceptions'.
function read_exceptions(kind,    line, word, n)
{
    while ((getline line < exceptions) > 0) {
        n = split(line, word, " ")
        if (word[1] != kind)
            continue
        except[word[2] " " word[3]] = 1
        if (n < 5)
            finding(exceptions, "'" line "' gives no reason")
    }
}

function excepted(file, what)
{
    if (!((file " " what) in except))
        return 0
    used[file " " what] = 1
    return 1
}

function finding(where, text)
{
    print where ": " text
    findings++
}

# The last thing in END: with -v stale=1, an exception that nothing needs is a
# finding too.
function found(    key)
{
    if (stale)
        for (key in except)
            if (!(key in used))
                finding(exceptions, "nothing needs '" key "' any longer")
    exit findings > 0
}
