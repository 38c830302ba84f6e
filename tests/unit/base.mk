unit_tests += tests/unit/base_err
tests_unit_base_err_SOURCES = %D%/base_err.c tests/tap.h
tests_unit_base_err_LDADD = $(unit_ldadd)

unit_tests += tests/unit/base_rootpath
tests_unit_base_rootpath_SOURCES = %D%/base_rootpath.c tests/tap.h
tests_unit_base_rootpath_LDADD = $(unit_ldadd)
