test_tools += tests/tools/run-plan
tests_tools_run_plan_SOURCES = %D%/run-plan.c
tests_tools_run_plan_LDADD = engines/libengines.a $(unit_ldadd)

test_tools += tests/tools/deny
tests_tools_deny_SOURCES = %D%/deny.c
tests_tools_deny_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
tests_tools_deny_LDADD = $(unit_ldadd) $(SECCOMP_LIBS)

test_tools += tests/tools/apply-layers
tests_tools_apply_layers_SOURCES = %D%/apply-layers.c
tests_tools_apply_layers_LDADD = store/libstore.a $(unit_ldadd) $(ARCHIVE_LIBS)
