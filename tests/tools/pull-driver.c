/* pull-driver - pull_image alone, with the words of udocker's command line
 *
 *     pull-driver --repo=DIR [--insecure] [--registry=URL] [--platform=P]
 *                 [--httpproxy=P] [--timeout=S] pull IMAGE
 */
#include <stdio.h>
#include <string.h>

#include "base/io.h"
#include "base/mem.h"
#include "base/num.h"
#include "store/pull.h"

static bool value_of (const char *word, const char *option, const char **value)
{
    size_t n = strlen (option);

    if (strncmp (word, option, n) != 0)
        return false;
    *value = word + n;
    return true;
}

static int take_option (const char *word, struct pull_options *options,
                        const char **repo)
{
    const char *timeout = NULL;

    if (strcmp (word, "--insecure") == 0)
        options->insecure = true;
    else if (value_of (word, "--timeout=", &timeout))
        return num_parse (timeout, 0, 10000, &options->timeout_s);
    else if (!value_of (word, "--repo=", repo) &&
             !value_of (word, "--registry=", &options->registry) &&
             !value_of (word, "--platform=", &options->platform) &&
             !value_of (word, "--httpproxy=", &options->proxy))
        return -1;
    return 0;
}

static int pull (const char *top, const char *image,
                 const struct pull_options *options)
{
    struct repo_paths paths = {.topdir = io_absolute (top)};
    struct err err = {0};
    scoped_repo struct repo *repo = NULL;
    int result = -1;

    if (repo_create (&paths, &err) == 0)
        repo = repo_open (&paths, &err);
    if (repo)
        result = pull_image (repo, image, options, &err);
    repo_paths_clear (&paths);
    if (result < 0)
        fprintf (stderr, "pull-driver: %s\n", err.text);
    return result < 0 ? 1 : 0;
}

int main (int argc, char **argv)
{
    struct pull_options options = {
        .connect_timeout_s = 6,
        .timeout_s = 12,
        .download_timeout_s = 1800,
        .progress = true,
    };
    const char *repo = NULL, *image = NULL;

    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-')
            image = argv[i];
        else if (take_option (argv[i], &options, &repo) < 0)
            return 2;
    }
    return repo && image ? pull (repo, image, &options) : 2;
}
