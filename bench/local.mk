# Measurements, never part of the tests: make bench
EXTRA_PROGRAMS += bench/spawn
bench_spawn_SOURCES = %D%/spawn.c

bench-start: all
	"$(srcdir)/bench/start" "$(builddir)"

.PHONY: bench-start
