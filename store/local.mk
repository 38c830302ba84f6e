# Objects that need curl or libcrypto are only reached from pull and import, so
# that what opens a container (udocker-exec) links neither.
noinst_LIBRARIES += store/libstore.a
store_libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) $(CRYPTO_CFLAGS) \
	$(ARCHIVE_CFLAGS)
store_libstore_a_SOURCES = \
	%D%/blob.c %D%/blob.h \
	%D%/checksum.c %D%/checksum.h \
	%D%/clone.c %D%/clone.h \
	%D%/clone_file.c %D%/clone_file.h \
	%D%/container.c %D%/container.h \
	%D%/container_clone.c %D%/container_clone.h \
	%D%/container_create.c \
	%D%/container_link.c %D%/container_link.h \
	%D%/container_list.c \
	%D%/container_name.c \
	%D%/container_part.c %D%/container_part.h \
	%D%/container_publish.c %D%/container_publish.h \
	%D%/container_remove.c \
	%D%/container_rename.c \
	%D%/diff_id.c %D%/diff_id.h \
	%D%/digest.c %D%/digest.h \
	%D%/download.c %D%/download.h \
	%D%/export.c %D%/export.h \
	%D%/extract.c %D%/extract.h %D%/extract_impl.h \
	%D%/extract_dirs.c \
	%D%/extract_hide.c \
	%D%/extract_make.c \
	%D%/extract_parent.c \
	%D%/fetch.c %D%/fetch.h \
	%D%/holes.c %D%/holes.h \
	%D%/http.c %D%/http.h \
	%D%/http_text.c %D%/http_impl.h \
	%D%/image.c %D%/image.h \
	%D%/image_list.c \
	%D%/image_remove.c \
	%D%/image_tag.c \
	%D%/image_verify.c \
	%D%/image_walk.c %D%/image_walk.h \
	%D%/import.h %D%/import_impl.h \
	%D%/import_config.c \
	%D%/import_container.c \
	%D%/import_image.c \
	%D%/import_scan.c \
	%D%/import_stage.c \
	%D%/layer.c %D%/layer.h \
	%D%/linkmap.c %D%/linkmap.h \
	%D%/load.c %D%/load.h %D%/load_impl.h \
	%D%/load_docker.c \
	%D%/load_name.c \
	%D%/load_oci.c \
	%D%/load_publish.c \
	%D%/load_read.c \
	%D%/lock.c %D%/lock.h \
	%D%/manifest.c %D%/manifest.h \
	%D%/memberpath.c %D%/memberpath.h \
	%D%/owner.c %D%/owner.h \
	%D%/pathset.c %D%/pathset.h \
	%D%/platform.c %D%/platform.h \
	%D%/progress.c %D%/progress.h \
	%D%/protect.c %D%/protect.h \
	%D%/pull.c %D%/pull.h \
	%D%/reference.c %D%/reference.h \
	%D%/registry.c %D%/registry.h \
	%D%/repo.c %D%/repo.h \
	%D%/save.c %D%/save.h %D%/save_impl.h \
	%D%/save_image.c \
	%D%/stage.c %D%/stage.h \
	%D%/tagdir.c %D%/tagdir.h \
	%D%/token.c %D%/token.h \
	%D%/tree.c %D%/tree.h \
	%D%/treewalk.c %D%/treewalk.h \
	%D%/uuid.c %D%/uuid.h \
	%D%/whiteout.c %D%/whiteout.h \
	%D%/xattrs.c %D%/xattrs.h \
	# End of store_libstore_a_SOURCES
