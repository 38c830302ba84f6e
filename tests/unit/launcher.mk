# Unit tests of launcher/
launcher_ldadd = launcher/liblauncher.a store/libstore.a pmi/libpmi.a \
	$(unit_ldadd)

unit_tests += tests/unit/launcher_config
tests_unit_launcher_config_SOURCES = %D%/launcher_config.c %D%/temp.h
tests_unit_launcher_config_LDADD = $(launcher_ldadd)

unit_tests += tests/unit/launcher_options
tests_unit_launcher_options_SOURCES = %D%/launcher_options.c
tests_unit_launcher_options_LDADD = $(launcher_ldadd)

unit_tests += tests/unit/launcher_resolve
tests_unit_launcher_resolve_SOURCES = %D%/launcher_resolve.c
tests_unit_launcher_resolve_LDADD = $(launcher_ldadd)

unit_tests += tests/unit/launcher_userdb
tests_unit_launcher_userdb_SOURCES = %D%/launcher_userdb.c
tests_unit_launcher_userdb_LDADD = $(launcher_ldadd)

unit_tests += tests/unit/launcher_host
tests_unit_launcher_host_SOURCES = %D%/launcher_host.c %D%/temp.h tests/tap.h
tests_unit_launcher_host_LDADD = $(launcher_ldadd)
