/* banner.c - what a person sees before the program starts */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "launcher/banner.h"

enum { WIDTH = 78 }; // of the frame, and what it holds is two less

static void add_line (struct strbuf *out, const char *text)
{
    int left = (WIDTH - 2 - (int)strlen (text)) / 2;

    strbuf_addf (out, " *%*s%-*s* \n", left, "", WIDTH - 2 - left, text);
}

static void add_edge (struct strbuf *out)
{
    strbuf_addc (out, ' ');
    for (int i = 0; i < WIDTH; i++)
        strbuf_addc (out, '*');
    strbuf_adds (out, " \n");
}

void banner_show (const char *id, const char *program)
{
    scoped_strbuf struct strbuf out;
    char title[64];

    strbuf_init (&out, 4096);
    if (log_get_level () < LOG_INFO || !isatty (STDOUT_FILENO) ||
        !isatty (STDERR_FILENO))
        return;
    snprintf (title, sizeof (title), "STARTING %.50s", id);
    strbuf_adds (&out, " \n");
    add_edge (&out);
    add_line (&out, "");
    add_line (&out, title);
    add_line (&out, "");
    add_edge (&out);
    strbuf_addf (&out, " executing: %.200s\n", program);
    io_write_all (STDERR_FILENO, out.text, out.len);
}
