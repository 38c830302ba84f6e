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
