/* refused: 'strcpy' is banned */
void copy (char *to, const char *from)
{
    strcpy (to, from);
}
