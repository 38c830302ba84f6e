# UD_LIB(NAME, PKG-CONFIG-MODULE, DEBIAN-PACKAGE, REDHAT-PACKAGE)
# ----------------------------------------------------------------
# Find a library by pkg-config: sets NAME_CFLAGS, NAME_LIBS and ud_have_NAME.
# What is missing is gathered for UD_LIBS_END.
AC_DEFUN([UD_LIB], [
  PKG_CHECK_MODULES([$1], [$2], [ud_have_$1=yes], [
    ud_have_$1=no
    ud_missing="$ud_missing
    m4_normalize([$2]): Debian $3, Red Hat $4"
  ])
])

# UD_LIB_OPTIONAL(NAME, OPTION, MODULE, DEBIAN, REDHAT, WHAT)
# -----------------------------------------------------------
# The same with --without-OPTION, which leaves out WHAT; defines HAVE_NAME.
AC_DEFUN([UD_LIB_OPTIONAL], [
  AC_ARG_WITH([$2],
    [AS_HELP_STRING([--without-$2], [leave out $6])], [],
    [with_$2=yes])
  ud_have_$1=no
  AS_IF([test "x$with_$2" != xno], [UD_LIB([$1], [$3], [$4], [$5 (or --without-$2)])])
  AS_IF([test "x$ud_have_$1" = xyes],
    [AC_DEFINE([HAVE_$1], [1], [Define when built with $2])])
])

# UD_LIBS_END
# -----------
# One error that names every missing library with the packages that bring it.
AC_DEFUN([UD_LIBS_END], [
  AS_IF([test -n "$ud_missing"], [
    AC_MSG_ERROR([libraries are missing; install these packages and run configure again:$ud_missing])
  ])
])
