/* config_file.c - INI text, as Python's configparser reads it */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/scope.h"
#include "base/strbuf.h"
#include "launcher/config_file.h"

// The file while it is read.
struct reader {
    config_file_f take;  // gets every pair
    void *arg;           // for it
    const char *path;    // for messages
    int line;            // being read
    int key_line;        // of the key whose value may still go on
    char *key;           // of the value that may still go on, or NULL
    struct strbuf value; // that value
    bool elsewhere;      // in another section than [DEFAULT]
};

// Hand over the pair that is complete now.
static int flush (struct reader *reader, struct err *err)
{
    scoped_free char *key = ptr_take (&reader->key);

    if (!key || reader->elsewhere)
        return 0;
    if (reader->take (key, reader->value.text, reader->arg, err) < 0)
        return err_prefix (err, "%s:%d", reader->path, reader->key_line);
    return 0;
}

static int take_section (struct reader *reader, const char *line,
                         struct err *err)
{
    const char *end = strchr (line, ']');

    if (!end)
        return err_set (err, 0, "%s:%d: section without ']'", reader->path,
                        reader->line);
    reader->elsewhere = strncmp (line, "[DEFAULT]", 9) != 0;
    return 0;
}

static int take_pair (struct reader *reader, char *line, struct err *err)
{
    char *sep = strpbrk (line, "=:");
    char *end = sep;

    if (!sep || sep == line)
        return err_set (err, 0, "%s:%d: '%.40s' is not 'key = value'",
                        reader->path, reader->line, line);
    while (end > line && isspace ((unsigned char)end[-1]))
        end--;
    *end = '\0';
    for (char *c = line; *c; c++)
        *c = (char)tolower ((unsigned char)*c);
    reader->key = xstrdup (line);
    reader->key_line = reader->line;
    strbuf_reset (&reader->value);
    strbuf_adds (&reader->value, sep + 1 + strspn (sep + 1, " \t"));
    return 0;
}

static int take_line (struct reader *reader, char *line, struct err *err)
{
    char *start = line + strspn (line, " \t\r");

    if (*start == '\0' || *start == '#' || *start == ';')
        return 0;
    if (start > line && reader->key) {
        strbuf_addf (&reader->value, " %s", start);
        return 0;
    }
    if (flush (reader, err) < 0)
        return -1;
    return *start == '[' ? take_section (reader, start, err)
                         : take_pair (reader, start, err);
}

static void cut_right (char *line)
{
    size_t n = strlen (line);

    while (n > 0 && isspace ((unsigned char)line[n - 1]))
        line[--n] = '\0';
}

static int take_lines (struct reader *reader, char *text, struct err *err)
{
    while (*text) {
        size_t len = strcspn (text, "\n");
        bool last = text[len] == '\0';

        text[len] = '\0';
        cut_right (text);
        reader->line++;
        if (take_line (reader, text, err) < 0)
            return -1;
        text += last ? len : len + 1;
    }
    return flush (reader, err);
}

int config_file_parse (const char *text, const char *path, config_file_f take,
                       void *arg, struct err *err)
{
    struct reader reader = {.take = take, .arg = arg, .path = path};
    scoped_free char *copy = xstrdup (text);
    int rc;

    strbuf_init (&reader.value, CONFIG_FILE_MAX_BYTES);
    rc = take_lines (&reader, copy, err);
    strbuf_free (&reader.value);
    free (reader.key);
    return rc;
}
