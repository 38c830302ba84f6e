# Unit tests: one program per source file that has one; functional tests are
# tests/t*.t.  tests/run hands both to prove.  Tools are programs that
# functional tests call, as tests/tools/NAME.
unit_ldadd = plan/libplan.a base/libbase.a $(JANSSON_LIBS)
unit_tests =
test_tools =
check_PROGRAMS += $(unit_tests) $(test_tools)

include tests/unit/base.mk
include tests/unit/plan.mk
include tests/unit/store.mk
include tests/unit/engines.mk
include tests/unit/pmi.mk
include tests/unit/launcher.mk
include tests/tools/tools.mk

# make check T=FILE runs one
T = $(unit_tests) $(srcdir)/tests/t[0-9]*.t

# All that the tests run, without running it
check-build: all
	$(MAKE) $(AM_MAKEFLAGS) $(check_PROGRAMS)

check-local: $(check_PROGRAMS) $(bin_PROGRAMS)
	UDOCKER_BUILDDIR="$(abs_builddir)" UDOCKER_SRCDIR="$(abs_srcdir)" \
		UDOCKER_TEST_TOOLS="$(test_tools)" \
		"$(srcdir)/tests/run" $(T)

.PHONY: check-build
