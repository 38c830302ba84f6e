/* refused: engines must not include 'store/repo.h' */
#include "store/repo.h"
