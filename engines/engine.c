/* engine.c - the engines that there are */
#include <string.h>

#include "base/strbuf.h"
#include "engines/engine.h"
#include "engines/n1.h"

static const struct engine engines[] = {
    {"N1", "built-in namespaces for MPI: own uid, no helper process", n1_run,
     n1_probe},
    {0},
};

const struct engine *engine_table (void)
{
    return engines;
}

const struct engine *engine_find (const char *mode, struct err *err)
{
    scoped_strbuf struct strbuf modes;

    strbuf_init (&modes, 256);
    for (const struct engine *e = engines; e->mode; e++) {
        if (strcmp (e->mode, mode) == 0)
            return e;
        strbuf_addf (&modes, "%s%s", modes.len ? ", " : "", e->mode);
    }
    return err_null (err, 0,
                     "execution mode '%s' is not in this version; there is %s",
                     mode, modes.text);
}
