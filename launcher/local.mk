noinst_LIBRARIES += launcher/liblauncher.a
launcher_liblauncher_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) \
	$(ARCHIVE_CFLAGS) $(SECCOMP_CFLAGS)
launcher_liblauncher_a_SOURCES = \
	%D%/banner.c %D%/banner.h \
	%D%/cmd_clone.c \
	%D%/cmd_create.c \
	%D%/cmd_export.c \
	%D%/cmd_help.c \
	%D%/cmd_images.c \
	%D%/cmd_import.c \
	%D%/cmd_inspect.c \
	%D%/cmd_install.c \
	%D%/cmd_load.c \
	%D%/cmd_mkrepo.c \
	%D%/cmd_name.c \
	%D%/cmd_protect.c \
	%D%/cmd_ps.c \
	%D%/cmd_pull.c \
	%D%/cmd_rename.c \
	%D%/cmd_rm.c \
	%D%/cmd_rmi.c \
	%D%/cmd_rmname.c \
	%D%/cmd_run.c \
	%D%/cmd_save.c \
	%D%/cmd_showconf.c \
	%D%/cmd_tag.c \
	%D%/cmd_unprotect.c \
	%D%/cmd_verify.c \
	%D%/cmd_version.c \
	%D%/command_protect.c %D%/command_protect.h \
	%D%/command_repo.c %D%/command_repo.h \
	%D%/commands.c %D%/commands.h \
	%D%/config.c %D%/config.h \
	%D%/config_file.c %D%/config_file.h \
	%D%/config_value.c %D%/config_value.h \
	%D%/cpath.c %D%/cpath.h \
	%D%/disk_usage.c %D%/disk_usage.h \
	%D%/env_file.c %D%/env_file.h \
	%D%/features.c %D%/features.h \
	%D%/general.c %D%/general.h \
	%D%/guest.c %D%/guest.h \
	%D%/host.c %D%/host.h \
	%D%/image_config.c %D%/image_config.h \
	%D%/image_platform.c %D%/image_platform.h \
	%D%/nearest.c %D%/nearest.h \
	%D%/options.c %D%/options.h \
	%D%/options_help.c \
	%D%/program.c %D%/program.h \
	%D%/pull_settings.c %D%/pull_settings.h \
	%D%/resolve.c %D%/resolve.h \
	%D%/resolve_argv.c \
	%D%/resolve_env.c \
	%D%/resolve_mounts.c \
	%D%/resolve_parts.h \
	%D%/resolve_user.c \
	%D%/run.c %D%/run.h \
	%D%/run_options.c %D%/run_options.h \
	%D%/selfpath.c %D%/selfpath.h \
	%D%/supervise.c %D%/supervise.h \
	%D%/tools.c %D%/tools.h \
	%D%/tools_fetch.c %D%/tools_fetch.h \
	%D%/userdb.c %D%/userdb.h \
	# End of launcher_liblauncher_a_SOURCES

own_libs = launcher/liblauncher.a store/libstore.a pmi/libpmi.a \
	engines/libengines.a plan/libplan.a base/libbase.a

bin_PROGRAMS += udocker udocker-exec
udocker_SOURCES = %D%/udocker.c
udocker_LDADD = $(own_libs) $(CURL_LIBS) $(ARCHIVE_LIBS) $(CRYPTO_LIBS) \
	$(JANSSON_LIBS) $(DL_LIBS)

# What udocker-exec reaches must need neither curl nor archive: it is not
# linked with them
udocker_exec_SOURCES = %D%/udocker_exec.c
udocker_exec_LDFLAGS = $(AM_LDFLAGS) $(RANK_LDFLAGS)
udocker_exec_LDADD = $(own_libs) $(JANSSON_LIBS)
