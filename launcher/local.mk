noinst_LIBRARIES += launcher/liblauncher.a
launcher_liblauncher_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) \
	$(ARCHIVE_CFLAGS) $(SECCOMP_CFLAGS)
launcher_liblauncher_a_SOURCES = \
	%D%/cmd_help.c \
	%D%/cmd_mkrepo.c \
	%D%/cmd_showconf.c \
	%D%/cmd_version.c \
	%D%/commands.c %D%/commands.h \
	%D%/config.c %D%/config.h \
	%D%/config_file.c %D%/config_file.h \
	%D%/config_value.c %D%/config_value.h \
	%D%/features.c %D%/features.h \
	%D%/general.c %D%/general.h \
	%D%/nearest.c %D%/nearest.h \
	%D%/options.c %D%/options.h \
	%D%/options_help.c \
	%D%/program.c %D%/program.h \
	# End of launcher_liblauncher_a_SOURCES

own_libs = launcher/liblauncher.a store/libstore.a pmi/libpmi.a \
	engines/libengines.a plan/libplan.a base/libbase.a

bin_PROGRAMS += udocker
udocker_SOURCES = %D%/udocker.c
udocker_LDADD = $(own_libs) $(CURL_LIBS) $(ARCHIVE_LIBS) $(CRYPTO_LIBS) \
	$(JANSSON_LIBS) $(DL_LIBS)
