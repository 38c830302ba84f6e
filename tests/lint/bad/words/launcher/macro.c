/* refused: 'macro' hides control flow */
#define CHECK(x)       \
    do {               \
        if (!(x))      \
            return -1; \
    } while (0)
