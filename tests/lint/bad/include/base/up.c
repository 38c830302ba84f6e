/* refused: base must not include 'plan/plan.h' */
#include "plan/plan.h"
