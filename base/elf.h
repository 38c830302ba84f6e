#ifndef BASE_ELF_H
#define BASE_ELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strlist.h"

/* What an ELF file says about how it wants to be loaded. */
struct elf_info {
    int bits;              // 32 or 64
    bool big_endian;       // byte order of the file
    unsigned type;         // e_type: ET_EXEC, ET_DYN, …
    unsigned machine;      // e_machine: EM_X86_64, EM_AARCH64, …
    char *interp;          // the loader that it asks for, or NULL
    char *rpath;           // DT_RPATH, or NULL
    char *runpath;         // DT_RUNPATH, or NULL
    struct strlist needed; // DT_NEEDED in the order of the file
};

/* Read 'info' (free with elf_clear) from the regular file 'fd'; 'path' serves
 * the message.  Only pread is used: the file position stays.  The file may be
 * anything: every offset and count is checked against its size and a maximum.
 * 0; or -1 with 'err' and nothing to free, code ENOEXEC when it is no ELF file
 * or a broken one. */
int elf_read (int fd, const char *path, struct elf_info *info, struct err *err);
void elf_clear (struct elf_info *info);

#define scoped_elf __attribute__ ((cleanup (elf_clear)))

#endif
