# Unit tests: one program per source file that has one; functional tests are
# tests/t*.t.  tests/run hands both to prove.
unit_ldadd = plan/libplan.a base/libbase.a $(JANSSON_LIBS)

check_PROGRAMS += tests/unit/base_err
tests_unit_base_err_SOURCES = %D%/unit/base_err.c %D%/tap.h
tests_unit_base_err_LDADD = $(unit_ldadd)

# make check T=FILE runs one
T = $(check_PROGRAMS) $(srcdir)/tests/t[0-9]*.t

check-local: $(check_PROGRAMS) $(bin_PROGRAMS)
	UDOCKER_BUILDDIR="$(abs_builddir)" UDOCKER_SRCDIR="$(abs_srcdir)" \
		"$(srcdir)/tests/run" $(T)
