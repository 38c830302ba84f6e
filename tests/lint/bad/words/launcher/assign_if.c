/* refused: '=' inside a condition */
int assign (const char *text)
{
    int n;

    if ((n = first (text)) < 0)
        return -1;
    return n;
}
