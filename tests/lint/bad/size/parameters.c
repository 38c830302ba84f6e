/* refused: 'many' has 7 parameters */
__attribute__ ((noinline)) static int many (int a, int (*b) (int, int), int c,
                                            int d, int e, int f, int g)
{
    return b (a, c) + d + e + f + g;
}
