noinst_LIBRARIES += launcher/liblauncher.a
launcher_liblauncher_a_SOURCES = \
	# End of launcher_liblauncher_a_SOURCES
