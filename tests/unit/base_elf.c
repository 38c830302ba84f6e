/* The ELF reader: what a program was linked with, and files that lie. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/elf.h"
#include "base/io.h"
#include "base/mem.h"
#include "base/scope.h"
#include "tests/tap.h"
#include "tests/unit/elf_make.h"

enum {
    N_MUTATIONS = 10000, // of each file
};

static const struct elf_spec specs[] = {
    {64,
     false,
     EM_X86_64,
     "/lib64/ld-linux-x86-64.so.2",
     "$ORIGIN/../lib:/opt",
     NULL,
     {"libmpi.so.40", "libc.so.6"}},
    {64,
     true,
     EM_S390,
     "/lib/ld64.so.1",
     NULL,
     "/opt/rpath",
     {"libmpich.so.12", "libc.so.6"}},
    {32, false, EM_386, "/lib/ld-linux.so.2", NULL, NULL, {"libc.so.6"}},
    {32, true, EM_PPC, NULL, "/opt/lib", "/opt/rpath", {"libc.so.6"}},
};

// A file in memory with these bytes.
static int make_file (const void *bytes, size_t n)
{
    int fd = memfd_create ("elf", MFD_CLOEXEC);

    if (fd < 0 || io_write_all (fd, bytes, n) < 0)
        printf ("Bail out! cannot make a file in memory\n");
    return fd;
}

static const char *text_or (const char *text)
{
    return text ? text : "(none)";
}

static void test_spec (const struct elf_spec *spec)
{
    struct elf_make elf;
    scoped_elf struct elf_info info;
    scoped_fd int fd = -1;
    struct err err = {0};
    char what[80];

    elf_make (&elf, spec);
    fd = make_file (elf.bytes, elf.n);
    snprintf (what, sizeof (what), "%d bits, %s endian", spec->bits,
              spec->big_endian ? "big" : "little");
    ok (elf_read (fd, "f", &info, &err) == 0, what);
    ok (info.bits == spec->bits && info.big_endian == spec->big_endian &&
            info.machine == spec->machine && info.type == ET_DYN,
        "  class, byte order, machine, type");
    is_str (text_or (info.interp), text_or (spec->interp), "  interpreter");
    is_str (text_or (info.runpath), text_or (spec->runpath), "  runpath");
    is_str (text_or (info.rpath), text_or (spec->rpath), "  rpath");
    for (size_t i = 0; spec->needed[i]; i++)
        is_str (i < info.needed.n ? info.needed.items[i] : "(none)",
                spec->needed[i], "  needed");
}

// 'bytes' must be read or refused; anything else is the sanitizers' business.
static int read_bytes (const void *bytes, size_t n, struct err *err)
{
    scoped_fd int fd = make_file (bytes, n);
    scoped_elf struct elf_info info;

    return elf_read (fd, "f", &info, err);
}

static void test_truncated (const struct elf_spec *spec)
{
    struct elf_make elf;
    size_t n_read = 0;

    elf_make (&elf, spec);
    for (size_t n = 0; n < elf.n; n++)
        if (read_bytes (elf.bytes, n, NULL) == 0)
            n_read++;
    ok (n_read == 0, "cut off anywhere it is refused");
}

// Numbers that are not quite at random, the same in each run.
static uint32_t next_random (uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static void test_mutated (const struct elf_spec *spec)
{
    static const unsigned char edges[] = {0, 1, 0x7f, 0x80, 0xff, 0x40};
    struct elf_make elf;
    uint32_t state = 1;
    int n_read = 0, n_refused = 0;

    for (int i = 0; i < N_MUTATIONS; i++) {
        elf_make (&elf, spec);
        for (uint32_t j = 0; j <= next_random (&state) % 4; j++) {
            uint32_t value = next_random (&state);

            elf.bytes[next_random (&state) % elf.n] =
                value & 1 ? edges[value / 2 % sizeof (edges)]
                          : (unsigned char)(value >> 1);
        }
        if (read_bytes (elf.bytes, elf.n, NULL) == 0)
            n_read++;
        else
            n_refused++;
    }
    printf ("# %d read, %d refused\n", n_read, n_refused);
    ok (n_read > 0 && n_refused > 0, "mutated at random it does no harm");
}

// Refused after 'size' bytes at 'at' become 'value'.
static void refused (size_t at, size_t size, uint64_t value, const char *what)
{
    struct elf_make elf;
    struct err err = {0};

    elf_make (&elf, &specs[0]);
    elf_put (&elf, at, size, value);
    ok (read_bytes (elf.bytes, elf.n, &err) == -1 && err.code == ENOEXEC, what);
}

static void test_refused (void)
{
    enum { PHDRS = 64, PHDR = 56 };

    refused (0, 1, 0x7e, "no magic");
    refused (EI_CLASS, 1, 3, "a class of the future");
    refused (EI_DATA, 1, 0, "no byte order");
    refused (EI_VERSION, 1, 2, "a version of the future");
    refused (32, 8, UINT64_MAX, "program headers that wrap around");
    refused (32, 8, ELF_MAKE_MAX, "program headers behind the end");
    refused (54, 2, 55, "program headers of another size");
    refused (56, 2, 0xffff, "more program headers than there are");
    refused (56, 2, 4000, "too many program headers");
    refused (PHDRS + 8, 8, UINT64_MAX - 8, "a segment that wraps around");
    refused (PHDRS + 32, 8, UINT64_MAX, "a segment larger than the file");
    refused (PHDRS + PHDR + 8, 8, 1U << 31, "a dynamic section far away");
    refused (PHDRS + PHDR + 32, 8, 1U << 30, "a dynamic section too large");
    refused (PHDRS + 2 * PHDR + 32, 8, 3, "an interpreter without its end");
    refused (PHDRS + 2 * PHDR + 8, 8, UINT64_MAX, "an interpreter nowhere");
}

static void test_no_elf (const char *self)
{
    scoped_fd int dir_fd = open ("/", O_RDONLY | O_CLOEXEC);
    scoped_fd int self_fd = open (self, O_RDONLY | O_CLOEXEC);
    static const char script[] = "#!/bin/sh\nexec true\n";
    struct elf_info info;
    struct err err = {0};

    ok (read_bytes (script, sizeof (script), &err) == -1, "a script");
    is_str (err.text, "'f' is not an ELF file: Exec format error", "  told");
    ok (read_bytes ("", 0, &err) == -1, "an empty file");
    ok (elf_read (dir_fd, "/", &info, &err) == -1, "a directory");
    is_str (err.text, "'/' is not a regular file: Exec format error", "  told");
    ok (elf_read (self_fd, self, &info, &err) == 0, "this program");
    ok (info.type == ET_DYN || info.type == ET_EXEC, "  is one to run");
    ok (strlist_find (&info.needed, "libc.so.6") >= 0, "  and needs libc");
    ok (info.interp && access (info.interp, X_OK) == 0, "  and a loader");
    ok (lseek (self_fd, 0, SEEK_CUR) == 0, "  and the position is kept");
    elf_clear (&info);
}

int main (int argc, char **argv)
{
    (void)argc;
    for (size_t i = 0; i < sizeof (specs) / sizeof (specs[0]); i++) {
        test_spec (&specs[i]);
        test_truncated (&specs[i]);
        test_mutated (&specs[i]);
    }
    test_refused ();
    test_no_elf (argv[0]);
    return tap_done ();
}
