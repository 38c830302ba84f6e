# Unit tests of pmi/
unit_tests += tests/unit/pmi_job
tests_unit_pmi_job_SOURCES = %D%/pmi_job.c tests/tap.h tests/unit/temp.h
tests_unit_pmi_job_LDADD = pmi/libpmi.a store/libstore.a $(unit_ldadd)

unit_tests += tests/unit/pmi_step
tests_unit_pmi_step_SOURCES = %D%/pmi_step.c tests/tap.h
tests_unit_pmi_step_LDADD = pmi/libpmi.a $(unit_ldadd)

unit_tests += tests/unit/pmi_check
tests_unit_pmi_check_SOURCES = %D%/pmi_check.c %D%/elf_make.h \
	tests/unit/temp.h tests/tap.h
tests_unit_pmi_check_LDADD = pmi/libpmi.a store/libstore.a $(unit_ldadd)
