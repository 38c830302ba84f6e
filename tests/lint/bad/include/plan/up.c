/* refused: plan must not include 'launcher/options.h' */
#include "launcher/options.h"
