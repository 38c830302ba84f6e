noinst_LIBRARIES += plan/libplan.a
plan_libplan_a_SOURCES = \
	%D%/plan.c %D%/plan.h \
	%D%/plan_check.c %D%/plan_check.h \
	%D%/plan_json.c %D%/plan_json.h \
	# End of plan_libplan_a_SOURCES
