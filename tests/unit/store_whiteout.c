/* Names of tar members that hide others. */
#include "store/whiteout.h"
#include "tests/tap.h"

static const struct {
    const char *name;   // of a member
    enum whiteout kind; // what it is
    const char *hidden; // for WHITEOUT_NAME
} rows[] = {
    {"file", WHITEOUT_NONE, ""},
    {"", WHITEOUT_NONE, ""},
    {".wh", WHITEOUT_NONE, ""},
    {".whx", WHITEOUT_NONE, ""},
    {"a.wh.b", WHITEOUT_NONE, ""},
    {".wh.file", WHITEOUT_NAME, "file"},
    {".wh..hidden", WHITEOUT_NAME, ".hidden"},
    {".wh....", WHITEOUT_NAME, "..."},
    {".wh..wh.", WHITEOUT_META, ""},
    {".wh..wh..opq", WHITEOUT_OPAQUE, ""},
    {".wh..wh..opqx", WHITEOUT_META, ""},
    {".wh..wh.plnk", WHITEOUT_META, ""},
    {".wh.", WHITEOUT_BAD, ""},
    {".wh..", WHITEOUT_BAD, ""},
    {".wh...", WHITEOUT_BAD, ""},
};

int main (void)
{
    for (size_t i = 0; i < sizeof (rows) / sizeof (rows[0]); i++) {
        const char *hidden = "";

        ok (whiteout_parse (rows[i].name, &hidden) == rows[i].kind,
            rows[i].name);
        is_str (hidden, rows[i].hidden, "  what it hides");
    }
    return tap_done ();
}
