#ifndef STORE_IMAGE_WALK_H
#define STORE_IMAGE_WALK_H

#include "base/err.h"
#include "base/strlist.h"
#include "store/repo.h"

/* Called for each tag: 'path' is "NAME/TAG", its directory below repos/, which
 * is open as 'tag_dirfd' (O_PATH).  Both are borrowed.  -1 with 'err' ends the
 * walk. */
typedef int image_walk_f (void *arg, const char *path, int tag_dirfd,
                          struct err *err);

/* Call 'visit' for every tag of the repository, in no order.  A tag that goes
 * away meanwhile is passed over.  0, or -1 with 'err'. */
int image_walk (const struct repo *repo, image_walk_f *visit, void *arg,
                struct err *err);

/* Add the files of layers/ that the tag 'tag_dirfd' has links to, in no order.
 * 0, or -1 with 'err'. */
int image_links (int tag_dirfd, struct strlist *blobs, struct err *err);

#endif
