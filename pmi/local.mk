noinst_LIBRARIES += pmi/libpmi.a
pmi_libpmi_a_SOURCES = \
	%D%/check.c \
	%D%/job.c %D%/job.h \
	%D%/launchers.c %D%/launchers.h \
	%D%/program.c %D%/program.h \
	%D%/step.c %D%/step.h \
	# End of pmi_libpmi_a_SOURCES
