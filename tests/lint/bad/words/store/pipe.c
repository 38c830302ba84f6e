/* refused: 'pipe' lacks O_CLOEXEC */
int both (int fds[2])
{
    return pipe (fds);
}
