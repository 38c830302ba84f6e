noinst_LIBRARIES += pmi/libpmi.a
pmi_libpmi_a_SOURCES = \
	# End of pmi_libpmi_a_SOURCES
