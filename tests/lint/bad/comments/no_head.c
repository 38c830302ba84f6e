#include <stdio.h>
// refused: does not begin with a comment
