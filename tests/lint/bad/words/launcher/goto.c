/* refused: 'goto' is banned */
int jump (int n)
{
again:
    if (n-- > 0)
        goto again;
    return n;
}
