# Unit tests: one program per source file that has one; functional tests are
# tests/t*.t.  tests/run hands both to prove.  Tools are programs that
# functional tests call, as tests/tools/NAME.
unit_ldadd = plan/libplan.a base/libbase.a $(JANSSON_LIBS)
unit_tests =
test_tools =
check_PROGRAMS += $(unit_tests) $(test_tools)

unit_tests += tests/unit/base_err
tests_unit_base_err_SOURCES = %D%/unit/base_err.c %D%/tap.h
tests_unit_base_err_LDADD = $(unit_ldadd)

store_ldadd = store/libstore.a $(unit_ldadd) $(CRYPTO_LIBS)

unit_tests += tests/unit/store_blob
tests_unit_store_blob_SOURCES = %D%/unit/store_blob.c %D%/unit/temp.h
tests_unit_store_blob_LDADD = $(store_ldadd)

unit_tests += tests/unit/store_digest
tests_unit_store_digest_SOURCES = %D%/unit/store_digest.c
tests_unit_store_digest_LDADD = $(store_ldadd)

unit_tests += tests/unit/store_reference
tests_unit_store_reference_SOURCES = %D%/unit/store_reference.c
tests_unit_store_reference_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_repo
tests_unit_store_repo_SOURCES = %D%/unit/store_repo.c %D%/unit/temp.h
tests_unit_store_repo_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/store_stage
tests_unit_store_stage_SOURCES = %D%/unit/store_stage.c %D%/unit/temp.h
tests_unit_store_stage_LDADD = store/libstore.a $(unit_ldadd)

test_tools += tests/tools/run-plan
tests_tools_run_plan_SOURCES = %D%/tools/run-plan.c
tests_tools_run_plan_LDADD = engines/libengines.a $(unit_ldadd)

test_tools += tests/tools/deny
tests_tools_deny_SOURCES = %D%/tools/deny.c
tests_tools_deny_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
tests_tools_deny_LDADD = $(unit_ldadd) $(SECCOMP_LIBS)

# make check T=FILE runs one
T = $(unit_tests) $(srcdir)/tests/t[0-9]*.t

# All that the tests run, without running it
check-build: all $(check_PROGRAMS)

check-local: $(check_PROGRAMS) $(bin_PROGRAMS)
	UDOCKER_BUILDDIR="$(abs_builddir)" UDOCKER_SRCDIR="$(abs_srcdir)" \
		UDOCKER_TEST_TOOLS="$(test_tools)" \
		"$(srcdir)/tests/run" $(T)

.PHONY: check-build
