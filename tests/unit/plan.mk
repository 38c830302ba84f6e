# Unit tests of plan/
unit_tests += tests/unit/plan_json
tests_unit_plan_json_SOURCES = %D%/plan_json.c tests/tap.h
tests_unit_plan_json_LDADD = $(unit_ldadd)
