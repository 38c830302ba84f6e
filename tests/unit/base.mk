unit_tests += tests/unit/base_err
tests_unit_base_err_SOURCES = %D%/base_err.c tests/tap.h
tests_unit_base_err_LDADD = $(unit_ldadd)

unit_tests += tests/unit/base_rootpath
tests_unit_base_rootpath_SOURCES = %D%/base_rootpath.c tests/tap.h
tests_unit_base_rootpath_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/base_strings
tests_unit_base_strings_SOURCES = %D%/base_strings.c %D%/temp.h tests/tap.h
tests_unit_base_strings_LDADD = store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/base_elf
tests_unit_base_elf_SOURCES = %D%/base_elf.c %D%/elf_make.h tests/tap.h
tests_unit_base_elf_LDADD = $(unit_ldadd)
