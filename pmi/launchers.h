#ifndef PMI_LAUNCHERS_H
#define PMI_LAUNCHERS_H

#include <stdbool.h>

#include "pmi/job.h"

/* One way to start ranks, as a rank sees it. */
struct pmi_launcher {
    const char *name;        // for messages
    enum pmi_wire wire;      // how its ranks find each other
    bool is_step;            // its ranks are tasks of a SLURM step
    const char *marks[3];    // variables that its ranks have, all of them
    const char *step_name;   // variable that names the step, or NULL ...
    const char *step_prefix; // ... and what it begins with
    const char *rank;        // variables that hold the numbers; NULL: not known
    const char *size;        //
    const char *local_rank;  //
    const char *local_size;  // NULL in a SLURM step: from its list of tasks
    const char *fds[3];      // variables that hold descriptors; the first is
                             // the wire, the program is lost without it
    const char *paths[3];    // variables that name directories; or files, by
                             // absolute path, that are left out when missing
    const char *env[16];     // names and prefixes ('*') for pmi_job.env_names
};

/* All of them, the most specific first; ends in a row without a name. */
const struct pmi_launcher *pmi_launcher_table (void);

/* A variable without which MPI programs hang or die as long as ranks have a
 * user namespace each. */
struct pmi_setting {
    const char *name;   // the variable; the user's own value always wins
    const char *value;  // what it must be
    unsigned wires;     // set of 1 << enum pmi_wire: for whom
    const char *unless; // a variable of the user that makes it pointless, or
                        // NULL
};

/* All of them; ends in a row without a name. */
const struct pmi_setting *pmi_settings (void);

#endif
