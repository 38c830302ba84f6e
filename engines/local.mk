noinst_LIBRARIES += engines/libengines.a
engines_libengines_a_SOURCES = \
	%D%/engine.c %D%/engine.h \
	%D%/n1.c %D%/n1.h \
	%D%/process.c %D%/process.h \
	%D%/namespace/mountpoint.c \
	%D%/namespace/nsroot.c %D%/namespace/nsroot.h \
	%D%/namespace/readonly.c \
	%D%/namespace/underlay.c \
	%D%/namespace/userns.c %D%/namespace/userns.h \
	%D%/namespace/userns_explain.c \
	%D%/namespace/volumes.c %D%/namespace/volumes.h \
	# End of engines_libengines_a_SOURCES
