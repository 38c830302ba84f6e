/* refused: 'blob.h' is not named from the top */
#include "blob.h"
