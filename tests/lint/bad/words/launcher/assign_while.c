/* refused: '=' inside a condition */
void assign (int fd, char *text)
{
    long n;

    while (is_open (fd, "a long name, so that the condition is on two lines") &&
           (n = next (fd, text)) > 0)
        use (text, n);
}
