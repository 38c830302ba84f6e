/* refused: 'stderr' does not belong in a library */
void tell (const char *what)
{
    fputs (what, stderr);
}
