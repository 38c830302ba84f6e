/* refused: 'tests/tap.h' is not named from the top */
#include "tests/tap.h"
