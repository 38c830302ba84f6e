/* scope.h - values that are released when their variable leaves its scope
 *
 *     scoped_fd int fd = open (...);
 *     scoped_free char *text = NULL;
 *     ...
 *     return fd_take (&fd);       // the caller owns it now
 *
 * Types of other folders bring their own scoped_ word with DEFINE_SCOPED.
 */
#ifndef BASE_SCOPE_H
#define BASE_SCOPE_H

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define scoped_fd __attribute__ ((cleanup (fd_closep)))
#define scoped_free __attribute__ ((cleanup (ptr_freep)))
#define scoped_file __attribute__ ((cleanup (file_closep)))
#define scoped_dir __attribute__ ((cleanup (dir_closep)))

/* close(2) is not tried again on EINTR: on Linux the descriptor is gone by
 * then and the number may already belong to another thread.  errno is kept. */
static inline void fd_closep (int *fd)
{
    int saved_errno = errno;

    if (*fd >= 0)
        close (*fd);
    *fd = -1;
    errno = saved_errno;
}

static inline void ptr_freep (void *p)
{
    int saved_errno = errno;
    void *ptr;

    __builtin_memcpy (&ptr, p, sizeof (ptr));
    free (ptr);
    errno = saved_errno;
}

/* For streams that were read; one that was written is closed by hand, since
 * its close can fail. */
static inline void file_closep (FILE **file)
{
    int saved_errno = errno;

    if (*file)
        fclose (*file);
    errno = saved_errno;
}

static inline void dir_closep (DIR **dir)
{
    int saved_errno = errno;

    if (*dir)
        closedir (*dir);
    errno = saved_errno;
}

/* Hand the descriptor to the caller; the variable no longer owns it. */
static inline int fd_take (int *fd)
{
    int taken = *fd;

    *fd = -1;
    return taken;
}

/* The same for a pointer, with its type kept. */
#define ptr_take(pp)                       \
    __extension__({                        \
        __typeof__ (*(pp)) taken_ = *(pp); \
        *(pp) = NULL;                      \
        taken_;                            \
    })

/* DEFINE_SCOPED (repo, struct repo, repo_close) makes 'scoped_repo_cleanup',
 * to be used as: #define scoped_repo __attribute__ ((cleanup (...))).
 * The destroy function must take NULL. */
#define DEFINE_SCOPED(name, type, destroy)        \
    static inline void name##_destroyp (type **p) \
    {                                             \
        int saved_errno = errno;                  \
        destroy (*p);                             \
        errno = saved_errno;                      \
    }

#endif
