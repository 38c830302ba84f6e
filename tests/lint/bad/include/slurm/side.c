/* refused: slurm must not include 'pmi/job.h' */
#include "pmi/job.h"
