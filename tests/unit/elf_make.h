/* elf_make.h - make the smallest ELF file that needs given libraries */
#ifndef TESTS_UNIT_ELF_MAKE_H
#define TESTS_UNIT_ELF_MAKE_H

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { ELF_MAKE_MAX = 16 << 10 };

// What the file is to say.
struct elf_spec {
    int bits;               // 32 or 64
    bool big_endian;        // byte order
    unsigned machine;       // e_machine
    const char *interp;     // or NULL
    const char *runpath;    // or NULL
    const char *rpath;      // or NULL
    const char *needed[20]; // ends in NULL
};

// The file being made.
struct elf_make {
    unsigned char bytes[ELF_MAKE_MAX];
    size_t n;                    // bytes in use
    const struct elf_spec *spec; // what it is made from
};

// Put 'value' of 'size' bytes at offset 'at'.
static inline void elf_put (struct elf_make *elf, size_t at, size_t size,
                            uint64_t value)
{
    for (size_t i = 0; i < size; i++) {
        elf->bytes[at + (elf->spec->big_endian ? size - 1 - i : i)] =
            (unsigned char)value;
        value >>= 8;
    }
}

// Append a string; its offset.
static inline size_t elf_text (struct elf_make *elf, const char *text)
{
    size_t at = elf->n;

    memcpy (elf->bytes + at, text, strlen (text) + 1);
    elf->n += strlen (text) + 1;
    return at;
}

// Program header number 'i'; addresses are the offset plus 0x1000.
static inline void elf_phdr (struct elf_make *elf, size_t i, uint32_t type,
                             size_t offset, size_t n_bytes)
{
    bool wide = elf->spec->bits == 64;
    size_t word = wide ? 8 : 4;
    size_t at = wide ? 64 + 56 * i : 52 + 32 * i;

    elf_put (elf, at, 4, type);
    elf_put (elf, at + word, word, offset);
    elf_put (elf, at + 2 * word, word, offset + 0x1000);
    elf_put (elf, at + 4 * word, word, n_bytes);
}

// Append an entry of the dynamic section.
static inline void elf_dyn (struct elf_make *elf, uint64_t tag, uint64_t value)
{
    size_t word = elf->spec->bits == 64 ? 8 : 4;

    elf_put (elf, elf->n, word, tag);
    elf_put (elf, elf->n + word, word, value);
    elf->n += 2 * word;
}

static inline void elf_header (struct elf_make *elf, size_t n_phdrs)
{
    bool wide = elf->spec->bits == 64;

    memcpy (elf->bytes, ELFMAG, SELFMAG);
    elf->bytes[EI_CLASS] = wide ? ELFCLASS64 : ELFCLASS32;
    elf->bytes[EI_DATA] = elf->spec->big_endian ? ELFDATA2MSB : ELFDATA2LSB;
    elf->bytes[EI_VERSION] = EV_CURRENT;
    elf_put (elf, 16, 2, ET_DYN);
    elf_put (elf, 18, 2, elf->spec->machine);
    elf_put (elf, wide ? 32 : 28, wide ? 8 : 4, wide ? 64 : 52);
    elf_put (elf, wide ? 54 : 42, 2, wide ? 56 : 32);
    elf_put (elf, wide ? 56 : 44, 2, n_phdrs);
}

// Fill 'elf' from 'spec'.
static inline void elf_make (struct elf_make *elf, const struct elf_spec *spec)
{
    size_t needed[20], n_needed = 0, strings, dynamic, interp, runpath, rpath;

    *elf = (struct elf_make){.spec = spec};
    elf->n = spec->bits == 64 ? 64 + 3 * 56 : 52 + 3 * 32;
    interp = elf_text (elf, spec->interp ? spec->interp : "");
    strings = elf->n;
    runpath = elf_text (elf, spec->runpath ? spec->runpath : "") - strings;
    rpath = elf_text (elf, spec->rpath ? spec->rpath : "") - strings;
    for (; spec->needed[n_needed]; n_needed++)
        needed[n_needed] = elf_text (elf, spec->needed[n_needed]) - strings;
    dynamic = elf->n;
    for (size_t i = 0; i < n_needed; i++)
        elf_dyn (elf, DT_NEEDED, needed[i]);
    if (spec->runpath)
        elf_dyn (elf, DT_RUNPATH, runpath);
    if (spec->rpath)
        elf_dyn (elf, DT_RPATH, rpath);
    elf_dyn (elf, DT_STRTAB, strings + 0x1000);
    elf_dyn (elf, DT_STRSZ, dynamic - strings);
    elf_dyn (elf, DT_NULL, 0);
    elf_header (elf, spec->interp ? 3 : 2);
    elf_phdr (elf, 0, PT_LOAD, 0, elf->n);
    elf_phdr (elf, 1, PT_DYNAMIC, dynamic, elf->n - dynamic);
    elf_phdr (elf, 2, PT_INTERP, interp, strings - interp);
}

#endif
