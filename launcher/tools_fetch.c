/* tools_fetch.c - get udocker's tools tarball, wherever it is */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/io.h"
#include "base/mem.h"
#include "launcher/tools_fetch.h"
#include "store/http.h"

enum {
    MAX_REDIRECTS = 8,
    MAX_BYTES = 1 << 30, // the real one has 20 MB
};

// The file that a body goes to.
struct sink {
    int fd;
    long long n_bytes; // written so far
};

static int take_body (void *arg, const void *bytes, size_t n, struct err *err)
{
    struct sink *sink = arg;

    sink->n_bytes += (long long)n;
    if (sink->n_bytes > MAX_BYTES)
        return err_set (err, 0, "it is larger than %d bytes", MAX_BYTES);
    if (io_write_all (sink->fd, bytes, n) < 0)
        return err_set (err, errno, "cannot keep it");
    return 0;
}

static int check_scheme (const struct config *config, const char *url,
                         struct err *err)
{
    if (strncmp (url, "https://", 8) == 0 || config->http_insecure ||
        (strncmp (url, "http://", 7) == 0 && http_is_loopback (url)))
        return 0;
    return err_set (
        err, 0, "'%s' is not secure: https:// or --insecure is needed", url);
}

/* One request.  0 when the body has come; 1 when '*url' was replaced by where
 * to ask next; -1 with 'err'. */
static int ask (const struct config *config, struct http *http, char **url,
                struct sink *sink, struct err *err)
{
    scoped_free char *asked = xstrdup (*url);
    struct http_transfer transfer = {
        .url = asked,
        .timeout_s = config->download_timeout,
        .body = take_body,
        .body_arg = sink,
    };
    int rc = -1;

    if (check_scheme (config, asked, err) < 0 ||
        http_start (http, &transfer, err) < 0)
        return -1;
    if (!http_wait (http, err))
        rc = -1;
    else if (transfer.err.text[0])
        err_set (err, 0, "cannot fetch '%s': %s", asked, transfer.err.text);
    else if (transfer.redirect) {
        free (*url);
        *url = xstrdup (transfer.redirect);
        rc = 1;
    } else if (transfer.status != 200)
        err_set (err, 0, "cannot fetch '%s': the server answers %ld", asked,
                 transfer.status);
    else
        rc = 0;
    http_end (http, &transfer);
    return rc;
}

static int download (const struct config *config, const char *source,
                     struct sink *sink, struct err *err)
{
    const struct http_options options = {
        .proxy = config->http_proxy,
        .user_agent = config->http_agent,
        .insecure = config->http_insecure,
        .connect_timeout_s = config->ctimeout,
    };
    scoped_http struct http *http = http_create (&options, err);
    scoped_free char *url = xstrdup (source);

    for (int i = 0; http && i < MAX_REDIRECTS; i++) {
        int rc = ask (config, http, &url, sink, err);

        if (rc <= 0)
            return rc;
    }
    return http ? err_set (err, 0, "'%s' is redirected again and again", source)
                : -1;
}

static int fetch_url (const struct config *config, const char *source,
                      int dirfd, struct err *err)
{
    static const char name[] = "tarball";
    scoped_fd int fd = openat (dirfd, name,
                               O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    struct sink sink = {.fd = fd};

    if (fd < 0)
        return err_set (err, errno, "cannot create a file for '%s'", source);
    unlinkat (dirfd, name, 0);
    if (download (config, source, &sink, err) < 0)
        return -1;
    if (lseek (fd, 0, SEEK_SET) < 0)
        return err_set (err, errno, "cannot read '%s'", source);
    return fd_take (&fd);
}

int tools_fetch (const struct config *config, const char *source, int dirfd,
                 struct err *err)
{
    const char *path = source;
    int fd;

    if (strncmp (source, "http://", 7) == 0 ||
        strncmp (source, "https://", 8) == 0)
        return fetch_url (config, source, dirfd, err);
    if (strncmp (source, "file://", 7) == 0)
        path = source + 7;
    fd = open (path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_set (err, errno, "cannot open the tarball '%s'", path);
    return fd;
}
