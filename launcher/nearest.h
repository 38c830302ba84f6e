#ifndef LAUNCHER_NEAREST_H
#define LAUNCHER_NEAREST_H

/* The word of a set that is most like a mistyped one: options, commands.
 *
 *     struct nearest nearest = {.word = "inpsect"};
 *     for (...)
 *         nearest_offer (&nearest, candidate);
 *     if (nearest.best) ...
 */
struct nearest {
    const char *word; // what was typed
    const char *best; // the nearest candidate, borrowed; NULL when none is near
    int distance;     // letters to change to get from one to the other
};

/* Consider 'candidate', which must outlive 'nearest'. */
void nearest_offer (struct nearest *nearest, const char *candidate);

#endif
