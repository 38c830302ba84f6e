noinst_LIBRARIES += engines/libengines.a
engines_libengines_a_SOURCES = \
	# End of engines_libengines_a_SOURCES
