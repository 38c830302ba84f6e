#ifndef LAUNCHER_DISK_USAGE_H
#define LAUNCHER_DISK_USAGE_H

/* Bytes that the files below directory 'path' occupy, each counted once,
 * without following links or going to other filesystems; what cannot be read
 * is left out. */
long long disk_usage_bytes (const char *path);

#endif
