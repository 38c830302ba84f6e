#ifndef STORE_WHITEOUT_H
#define STORE_WHITEOUT_H

// What the name of a layer's member says about the layers below it.
enum whiteout {
    WHITEOUT_NONE,   // an ordinary member
    WHITEOUT_NAME,   // .wh.NAME: NAME of the layers below is gone
    WHITEOUT_OPAQUE, // .wh..wh..opq: all they have in this directory is gone
    WHITEOUT_META,   // .wh..wh.*: aufs' own records, which mean nothing here
    WHITEOUT_BAD     // names nothing that can be removed ("", "." or "..")
};

/* Classify 'name', the last part of a member's path.  For WHITEOUT_NAME
 * '*hidden' points at NAME inside 'name'. */
enum whiteout whiteout_parse (const char *name, const char **hidden);

#endif
