/* refused: 'exit' does not belong in a library */
void end (void)
{
    exit (1);
}
