#!/bin/bash
# user: caller
# --help, the manual pages and the README name the same commands and options.
. "${0%/*}/lib/tap.sh"
page=$UDOCKER_SRCDIR/doc/udocker.1
readme=$UDOCKER_SRCDIR/README.md

# The options that text from stdin defines, one to a line, sorted: what stands
# at the beginning of a line, or behind such a one and a comma.
defined ()
{
    sed -nE 's/^ *(-[a-zA-Z-]+)(, (--[a-z-]+))?.*/\1\n\3/p' | grep . | sort -u
}

help_options ()
{
    # the general ones only when they are asked for
    sed -n "/^Options${2:-}:/,/^\$/p" <<< "$1" | defined
}

# manual_options SECTION: of the .SH or .SS that begins so
manual_options ()
{
    awk -v section="$1" '
        /^\.S[HS] / { inside = index(substr($0, 5) " ", section " ") == 1 }
        inside && tp { print }
        { tp = /^\.TP/ }' "$page" | sed 's/\\f.//g; s/\\-/-/g' | defined
}

# In the table of README's section "Commands"
readme_text ()
{
    sed -n '/^## Commands/,/^### /p' "$readme"
}

same ()
{
    is "$(comm -3 <(echo "$1") <(echo "$2"))" "" "$3"
}

top=$(udocker --help)
mapfile -t commands < <(sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' \
    <<< "$top")
ok "there are commands" [ ${#commands[@]} -gt 10 ]
same "$(printf '%s\n' "${commands[@]}" | sort)" \
    "$(sed -n '/^\.SH COMMANDS/,/^\.SH E/s/^\.SS \([a-z]*\).*/\1/p' "$page" \
        | sort)" "udocker(1) has the commands"
same "$(printf '%s\n' "${commands[@]}" | sort)" \
    "$(readme_text | sed -n 's/^| `\([a-z][a-z]*\).*/\1/p' | grep -v '^udocker' \
        | sort)" "README has the commands"
same "$(help_options "$top" " of all commands")" \
    "$(manual_options "OPTIONS OF ALL COMMANDS")" \
    "udocker(1) has the general options"

all=$(help_options "$top" " of all commands")
for command in "${commands[@]}"; do
    text=$(udocker "$command" --help)
    options=$(help_options "$text")
    all+=$'\n'$options
    same "$options" "$(manual_options "$command")" \
        "udocker(1) has the options of $command"
done
same "$(help_options "$(udocker run --help)")" \
    "$(help_options "$(udocker-exec --help)")" \
    "udocker-exec has the options of run"
same "$(grep -- '^--' <<< "$all" | sort -u)" \
    "$(readme_text | grep -oE -- '--[a-z][a-z-]+' | sort -u)" \
    "README has the long options"

# Files and functions that the design names in backticks are there.
cd "$UDOCKER_SRCDIR" || exit
tests/lint/files.sh . > "$scratch/files"
grep '\.[ch]$' "$scratch/files" | xargs cat > "$scratch/code"
unknown=
# shellcheck disable=SC2016  # the backticks are the document's
while IFS= read -r word; do
    case $word in
    .* | *\**) ;; # of udocker, or many
    *.c | *.h | *.sh | *.awk) grep -qE "(^|/)$word\$" "$scratch/files" ;;
    *_*) grep -qw -- "$word" "$scratch/code" ;;
    esac || unknown+=" $word"
done < <(grep -oE '`[a-z0-9_./*]+`' doc/design.md | tr -d '`')
is "$unknown" "" "what doc/design.md names is there"
cd "$scratch" || exit

for page in udocker udocker-exec; do
    if command -v man > .need; then
        run man --warnings -l "$UDOCKER_SRCDIR/doc/$page.1"
        is "$status$err" 0 "$page(1) is well-formed"
    else
        skip "missing prerequisite: man"
    fi
done
done_testing
