/* Why a node refuses namespaces: recorded nodes, and the words. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "base/sysroot.h"
#include "engines/namespace/userns.h"
#include "tests/tap.h"
#include "tests/unit/temp.h"

#define ROOT_MOUNT "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"

// A node: one file with this text, a seccomp mode, a mountinfo.
static const struct node {
    const char *what;
    const char *path; // below /proc/sys/, or NULL
    const char *text;
    const char *status;    // of /proc/self/status
    const char *mountinfo; // of /proc/self/mountinfo
    int code;
    const char *want; // in the message
} nodes[] = {
    {"Red Hat 7", "user/max_user_namespaces", "0\n", "\nSeccomp:\t0\n",
     ROOT_MOUNT, ENOSPC, "user.max_user_namespaces=0; ask the administrator"},
    {"old Debian", "kernel/unprivileged_userns_clone", "0\n", "", ROOT_MOUNT,
     EPERM, "kernel.unprivileged_userns_clone=0"},
    {"Ubuntu 24.04", "kernel/apparmor_restrict_unprivileged_userns", "1\n", "",
     ROOT_MOUNT, EACCES, "kernel.apparmor_restrict_unprivileged_userns=1"},
    {"limit reached", "user/max_user_namespaces", "9\n", "", ROOT_MOUNT, ENOSPC,
     "the limit in sysctl user.max_user_namespaces"},
    {"no CONFIG_USER_NS", NULL, NULL, "", ROOT_MOUNT, EINVAL, "CONFIG_USER_NS"},
    {"inside Docker", NULL, NULL, "x\nSeccomp:\t2\n", ROOT_MOUNT, EPERM,
     "a seccomp filter forbids it"},
    {"in a chroot", NULL, NULL, "", "21 1 8:1 / /proc rw - proc proc rw\n",
     EPERM, "inside a chroot"},
    {"another policy", NULL, NULL, "\nSeccomp:\t0\n", ROOT_MOUNT, EPERM,
     "a security policy"},
};

static void put (const char *root, const char *path, const char *text)
{
    scoped_free char *full = xasprintf ("%s/%s", root, path);
    scoped_free char *dir = xstrndup (full,
                                      (size_t)(strrchr (full, '/') - full));
    struct err err = {0};

    if (io_mkdir_p (dir, &err) < 0 ||
        io_replace_file (AT_FDCWD, full, text, 0644, &err) < 0)
        printf ("# %s\n", err.text);
}

static void test_node (const struct node *node, const char *tmp)
{
    scoped_free char *root = xasprintf ("%s/%s", tmp, node->what);
    struct err err = {0};

    put (root, "proc/self/status", node->status);
    put (root, "proc/self/mountinfo", node->mountinfo);
    if (node->path) {
        scoped_free char *path = xasprintf ("proc/sys/%s", node->path);

        put (root, path, node->text);
    }
    sysroot_set (root);
    err_set (&err, node->code, "cannot create a user namespace");
    ok (userns_explain (node->code, &err) == -1, node->what);
    ok (strstr (err.text, node->want), "  and says why");
    printf ("# %s\n", err.text);
    sysroot_set (NULL);
}

int main (void)
{
    char *dir = temp_make ();

    for (size_t i = 0; i < sizeof (nodes) / sizeof (nodes[0]); i++)
        test_node (&nodes[i], dir);
    temp_remove (dir);
    return tap_done ();
}
