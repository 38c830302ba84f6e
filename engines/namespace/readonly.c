/* readonly.c - volumes that the program cannot write to */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/rootpath.h"
#include "base/scope.h"
#include "engines/namespace/nsroot.h"

/* From linux/mount.h, which older headers lack. */
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
enum { SET_READ_ONLY = 1, RECURSIVE = 0x8000 }; // MOUNT_ATTR_, AT_
struct attributes {
    uint64_t set;         // MOUNT_ATTR_* to switch on
    uint64_t clear;       // to switch off
    uint64_t propagation; // 0: unchanged
    uint64_t userns_fd;   // for idmapped mounts
};

/* A remount must repeat the flags that came with the mount from the parent
 * namespace: a user namespace may not take them away. */
static unsigned long locked_flags (int fd)
{
    static const struct {
        unsigned long statvfs_flag;
        unsigned long mount_flag;
    } flags[] = {
        {ST_NOSUID, MS_NOSUID},     {ST_NODEV, MS_NODEV},
        {ST_NOEXEC, MS_NOEXEC},     {ST_NOATIME, MS_NOATIME},
        {ST_RELATIME, MS_RELATIME}, {ST_NODIRATIME, MS_NODIRATIME},
    };
    struct statvfs st;
    unsigned long found = 0;

    if (fstatvfs (fd, &st) < 0)
        return 0;
    for (size_t i = 0; i < sizeof (flags) / sizeof (flags[0]); i++)
        if (st.f_flag & flags[i].statvfs_flag)
            found |= flags[i].mount_flag;
    return found;
}

static int remount (int fd)
{
    char path[32];

    snprintf (path, sizeof (path), "/proc/self/fd/%d", fd);
    return mount (NULL, path, NULL,
                  MS_REMOUNT | MS_BIND | MS_RDONLY | locked_flags (fd), NULL);
}

int nsroot_set_read_only (struct nsroot *root, const char *cpath,
                          struct err *err)
{
    struct attributes attributes = {.set = SET_READ_ONLY};
    // opened again: the mount itself, not the place that it covers
    scoped_fd int fd = rootpath_open (root->root_fd, cpath, O_PATH, 0, err);

    if (fd < 0)
        return -1;
    if (syscall (SYS_mount_setattr, fd, "", AT_EMPTY_PATH | RECURSIVE,
                 &attributes, sizeof (attributes)) == 0)
        return 0;
    if (remount (fd) < 0)
        return err_set (err, errno, "cannot make volume '%s' read-only", cpath);
    return 0;
}
