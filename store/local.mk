# Objects that need curl or libcrypto are only reached from pull and import, so
# that what opens a container (udocker-exec) links neither.
noinst_LIBRARIES += store/libstore.a
store_libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) $(CRYPTO_CFLAGS) \
	$(ARCHIVE_CFLAGS)
store_libstore_a_SOURCES = \
	%D%/blob.c %D%/blob.h \
	%D%/checksum.c %D%/checksum.h \
	%D%/digest.c %D%/digest.h \
	%D%/extract.c %D%/extract.h %D%/extract_impl.h \
	%D%/extract_dirs.c \
	%D%/extract_hide.c \
	%D%/extract_make.c \
	%D%/extract_parent.c \
	%D%/layer.c %D%/layer.h \
	%D%/lock.c %D%/lock.h \
	%D%/memberpath.c %D%/memberpath.h \
	%D%/owner.c %D%/owner.h \
	%D%/pathset.c %D%/pathset.h \
	%D%/pull.h \
	%D%/reference.c %D%/reference.h \
	%D%/repo.c %D%/repo.h \
	%D%/stage.c %D%/stage.h \
	%D%/tree.c %D%/tree.h \
	%D%/uuid.c %D%/uuid.h \
	%D%/whiteout.c %D%/whiteout.h \
	# End of store_libstore_a_SOURCES
