/* refused: store must not include 'engines/engine.h' */
#include "engines/engine.h"
