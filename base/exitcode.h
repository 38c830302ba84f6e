/* exitcode.h - the statuses with which the programs end
 *
 * `udocker run` and `udocker-exec` end as their program does; what is theirs
 * alone has the numbers that Docker and the shells use.  Every other command
 * ends with EXIT_REFUSED when it could not do what it was asked.
 */
#ifndef BASE_EXITCODE_H
#define BASE_EXITCODE_H

enum exitcode {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1,        // a command other than run failed
    EXIT_OWN_FAILURE = 125,  // run: the container could not be set up
    EXIT_NOT_RUNNABLE = 126, // run: the program exists but cannot be executed
    EXIT_NOT_FOUND = 127,    // run: there is no such program in the container
    EXIT_SIGNAL_BASE = 128,  // run: plus the number of the signal
};

#endif
