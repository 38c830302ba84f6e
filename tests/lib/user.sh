# shellcheck shell=bash
# user.sh - the unprivileged user that root runs things as.

# test_user: set and export $UDOCKER_TEST_USER, and make that user if it is not
# there; empty when the caller is no root.
test_user ()
{
    export UDOCKER_TEST_USER=
    [ "$(id -u)" -eq 0 ] || return 0
    UDOCKER_TEST_USER=udtest
    id "$UDOCKER_TEST_USER" > /dev/null 2>&1 \
        || useradd --no-create-home --shell /bin/bash "$UDOCKER_TEST_USER"
}
