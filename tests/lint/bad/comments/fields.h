/* refused: field *int width; has no comment */
#ifndef COMMENTS_FIELDS_H
#define COMMENTS_FIELDS_H

/* A thing. */
struct thing {
    int height; // in mm
    int width;
};

#endif
