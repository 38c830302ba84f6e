/* refused: 'openat' lacks O_CLOEXEC */
int look (int dirfd, const char *name)
{
    return openat (dirfd, name, O_RDONLY);
}
