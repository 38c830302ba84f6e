/* Digests: which names are accepted, and sums that are known. */
#include "store/checksum.h"
#include "store/digest.h"
#include "tests/tap.h"

// sha256sum </dev/null; printf abc | sha256sum; printf abc | sha512sum
#define EMPTY \
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC \
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define ABC512                                                         \
    "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64" \
    "b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa" \
    "54ca49f"

static void test_valid (void)
{
    ok (digest_is_valid (ABC), "sha256");
    ok (digest_is_valid (ABC512), "sha512");
    ok (!digest_is_valid ("sha256:abc"), "too short");
    ok (!digest_is_valid (ABC "0"), "too long");
    ok (!digest_is_valid ("md5:d41d8cd98f00b204e9800998ecf8427e"), "md5");
    ok (!digest_is_valid ("sha256"), "the algorithm alone");
    ok (!digest_is_valid (""), "nothing");
    ok (!digest_is_valid ("sha256:../../../../../../../../../../../../../../"
                          "../../../../../../etc"),
        "a path");
    ok (!digest_is_valid ("sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A39617"
                          "7A9CB410FF61F20015AD"),
        "upper case");
}

static void test_pieces (void)
{
    struct err err = {0};
    char text[DIGEST_MAX + 1] = "";
    scoped_checksum struct checksum *sum = checksum_begin (ABC, &err);

    ok (sum && checksum_add (sum, "a", 1, &err) == 0 &&
            checksum_add (sum, "bc", 2, &err) == 0 &&
            checksum_end (sum, text, &err) == 0,
        "in two pieces");
    is_str (text, ABC, "is the digest of the whole");
}

static void test_verify (void)
{
    struct err err = {0};
    char text[DIGEST_MAX + 1] = "";

    ok (checksum_of ("sha256", "", 0, text, &err) == 0, "of nothing");
    is_str (text, EMPTY, "sha256 of nothing");
    ok (checksum_of ("sha512", "abc", 3, text, &err) == 0, "by sha512");
    is_str (text, ABC512, "sha512 of abc");
    ok (checksum_verify (ABC, "abc", 3, "'x'", &err) == 0, "verified");
    ok (checksum_verify (ABC, "abd", 3, "manifest 'x'", &err) == -1,
        "another byte is refused");
    ok (strstr (err.text, "manifest 'x' is damaged or was tampered with"),
        "and the subject is named");
    ok (checksum_begin ("md5", &err) == NULL, "md5 is refused");
    is_str (err.text, "unknown kind of digest 'md5'", "with its name");
}

int main (void)
{
    test_valid ();
    test_pieces ();
    test_verify ();
    return tap_done ();
}
