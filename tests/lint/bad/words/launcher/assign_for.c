/* refused: '=' inside a condition */
void assign (int fd)
{
    for (int i = 0, n; i < 3 && (n = next (fd)) != 0; i += n)
        use (n);
}
