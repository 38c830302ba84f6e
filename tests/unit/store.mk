store_ldadd = store/libstore.a $(unit_ldadd) $(CRYPTO_LIBS)

unit_tests += tests/unit/store_blob
tests_unit_store_blob_SOURCES = %D%/store_blob.c %D%/temp.h
tests_unit_store_blob_LDADD = $(store_ldadd)

unit_tests += tests/unit/store_digest
tests_unit_store_digest_SOURCES = %D%/store_digest.c
tests_unit_store_digest_LDADD = $(store_ldadd)

unit_tests += tests/unit/store_reference
tests_unit_store_reference_SOURCES = %D%/store_reference.c
tests_unit_store_reference_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_repo
tests_unit_store_repo_SOURCES = %D%/store_repo.c %D%/temp.h
tests_unit_store_repo_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_stage
tests_unit_store_stage_SOURCES = %D%/store_stage.c %D%/temp.h
tests_unit_store_stage_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_memberpath
tests_unit_store_memberpath_SOURCES = %D%/store_memberpath.c
tests_unit_store_memberpath_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_pathset
tests_unit_store_pathset_SOURCES = %D%/store_pathset.c
tests_unit_store_pathset_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_tree
tests_unit_store_tree_SOURCES = %D%/store_tree.c %D%/temp.h
tests_unit_store_tree_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_uuid
tests_unit_store_uuid_SOURCES = %D%/store_uuid.c
tests_unit_store_uuid_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_whiteout
tests_unit_store_whiteout_SOURCES = %D%/store_whiteout.c
tests_unit_store_whiteout_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_container
tests_unit_store_container_SOURCES = %D%/store_container.c %D%/store_repo.h \
	%D%/temp.h
tests_unit_store_container_LDADD = $(store_ldadd) $(ARCHIVE_LIBS)

unit_tests += tests/unit/store_image
tests_unit_store_image_SOURCES = %D%/store_image.c %D%/store_repo.h \
	%D%/temp.h
tests_unit_store_image_LDADD = $(store_ldadd) $(ARCHIVE_LIBS)

unit_tests += tests/unit/store_platform
tests_unit_store_platform_SOURCES = %D%/store_platform.c
tests_unit_store_platform_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_manifest
tests_unit_store_manifest_SOURCES = %D%/store_manifest.c
tests_unit_store_manifest_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_token
tests_unit_store_token_SOURCES = %D%/store_token.c
tests_unit_store_token_LDADD = $(store_ldadd) $(CURL_LIBS)
