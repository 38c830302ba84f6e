unit_tests += tests/unit/engines_userns
tests_unit_engines_userns_SOURCES = %D%/engines_userns.c tests/tap.h
tests_unit_engines_userns_LDADD = engines/libengines.a store/libstore.a \
	$(unit_ldadd)
