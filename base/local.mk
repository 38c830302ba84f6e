noinst_LIBRARIES += base/libbase.a
base_libbase_a_SOURCES = \
	%D%/banned.h \
	%D%/elf.c %D%/elf.h \
	%D%/err.c %D%/err.h \
	%D%/exitcode.h \
	%D%/io.c %D%/io.h \
	%D%/json.c %D%/json.h \
	%D%/log.c %D%/log.h \
	%D%/mem.c %D%/mem.h \
	%D%/num.c %D%/num.h \
	%D%/random.c %D%/random.h \
	%D%/rootpath.c %D%/rootpath.h \
	%D%/scope.h \
	%D%/spawn.c %D%/spawn.h \
	%D%/strbuf.c %D%/strbuf.h \
	%D%/strlist.c %D%/strlist.h \
	%D%/sysroot.c %D%/sysroot.h \
	# End of base_libbase_a_SOURCES
