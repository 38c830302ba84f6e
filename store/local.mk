noinst_LIBRARIES += store/libstore.a
store_libstore_a_SOURCES = \
	# End of store_libstore_a_SOURCES
