/* refused: pmi must not include 'store/container.h' */
#include "store/container.h"
