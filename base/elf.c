/* elf.c - read what an ELF file says about how it wants to be loaded
 *
 * The file comes from an image, so nothing in it is believed: a table that is
 * not wholly inside the file, or larger than any linker makes it, is an error.
 * Fields are read by offset and width rather than through the structs of
 * elf.h, which lets one path serve both classes and both byte orders.
 *
 * Only the program headers count, as for the kernel and the loader; sections
 * are not looked at.
 */
#include <elf.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#include "base/elf.h"
#include "base/mem.h"
#include "base/scope.h"

enum {
    MAX_PHDRS = 256,        // linkers make about 15
    MAX_DYNAMIC = 64 << 10, // bytes of the dynamic section; usually 500
    MAX_NEEDED = 1024,      // libraries
    MAX_STRING = 64 << 10,  // a RUNPATH of many directories
    LARGEST_PHDR = sizeof (Elf64_Phdr),
};

// Where the fields are, by class.
struct layout {
    size_t word;        // bytes of an address or offset
    size_t ehdr_bytes;  // size of the file header
    size_t phdr_bytes;  // size of a program header
    size_t e_phoff;     // offsets in the file header
    size_t e_phentsize; //
    size_t e_phnum;     //
    size_t p_offset;    // offsets in a program header
    size_t p_vaddr;     //
    size_t p_filesz;    //
};

#define LAYOUT(bits)                                                 \
    {                                                                \
        .word = (bits) / 8, .ehdr_bytes = sizeof (Elf##bits##_Ehdr), \
        .phdr_bytes = sizeof (Elf##bits##_Phdr),                     \
        .e_phoff = offsetof (Elf##bits##_Ehdr, e_phoff),             \
        .e_phentsize = offsetof (Elf##bits##_Ehdr, e_phentsize),     \
        .e_phnum = offsetof (Elf##bits##_Ehdr, e_phnum),             \
        .p_offset = offsetof (Elf##bits##_Phdr, p_offset),           \
        .p_vaddr = offsetof (Elf##bits##_Phdr, p_vaddr),             \
        .p_filesz = offsetof (Elf##bits##_Phdr, p_filesz),           \
    }

static const struct layout layout32 = LAYOUT (32);
static const struct layout layout64 = LAYOUT (64);

// A file being read.
struct reader {
    int fd;
    uint64_t file_bytes;         // its size
    const struct layout *layout; // of its class
    bool big_endian;             // its byte order
    unsigned char *phdrs;        // n_phdrs program headers
    size_t n_phdrs;
};

// A piece of the file.
struct extent {
    uint64_t offset;
    uint64_t n_bytes;
};

static uint64_t field (const struct reader *r, const unsigned char *at,
                       size_t n_bytes)
{
    uint64_t value = 0;

    for (size_t i = 0; i < n_bytes; i++)
        value = value << 8 | at[r->big_endian ? i : n_bytes - 1 - i];
    return value;
}

static uint64_t word (const struct reader *r, const unsigned char *at)
{
    return field (r, at, r->layout->word);
}

static bool inside (const struct reader *r, struct extent part)
{
    return part.offset <= r->file_bytes &&
           part.n_bytes <= r->file_bytes - part.offset;
}

// Read all of 'part', or fail: the file may have become shorter meanwhile.
static int read_part (const struct reader *r, struct extent part, void *bytes)
{
    size_t done = 0;

    if (!inside (r, part))
        return -1;
    while (done < part.n_bytes) {
        ssize_t n = pread (r->fd, (char *)bytes + done, part.n_bytes - done,
                           (off_t)(part.offset + done));

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return 0;
}

// The string at the start of 'part'; NULL when no NUL ends it there.
static char *read_string (const struct reader *r, struct extent part)
{
    size_t n = 256;

    if (part.n_bytes > MAX_STRING)
        part.n_bytes = MAX_STRING;
    for (;; n *= 4) {
        scoped_free char *text = NULL;

        if (n > part.n_bytes)
            n = part.n_bytes;
        text = xmalloc (n + 1);
        if (read_part (r, (struct extent){part.offset, n}, text) < 0)
            return NULL;
        if (memchr (text, '\0', n))
            return ptr_take (&text);
        if (n == part.n_bytes)
            return NULL;
    }
}

static int read_ident (struct reader *r, struct elf_info *info)
{
    unsigned char ident[EI_NIDENT];

    if (read_part (r, (struct extent){0, EI_NIDENT}, ident) < 0 ||
        memcmp (ident, ELFMAG, SELFMAG) != 0 || ident[EI_VERSION] != EV_CURRENT)
        return -1;
    if (ident[EI_CLASS] != ELFCLASS32 && ident[EI_CLASS] != ELFCLASS64)
        return -1;
    if (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB)
        return -1;
    r->layout = ident[EI_CLASS] == ELFCLASS64 ? &layout64 : &layout32;
    r->big_endian = ident[EI_DATA] == ELFDATA2MSB;
    info->bits = (int)r->layout->word * 8;
    info->big_endian = r->big_endian;
    return 0;
}

static int read_phdrs (struct reader *r, struct elf_info *info)
{
    unsigned char ehdr[sizeof (Elf64_Ehdr)];
    struct extent part;

    if (read_part (r, (struct extent){0, r->layout->ehdr_bytes}, ehdr) < 0)
        return -1;
    // the first fields are in the same place in both classes
    info->type = (unsigned)field (r, ehdr + offsetof (Elf64_Ehdr, e_type), 2);
    info->machine = (unsigned)field (r, ehdr + offsetof (Elf64_Ehdr, e_machine),
                                     2);
    r->n_phdrs = field (r, ehdr + r->layout->e_phnum, 2);
    if (r->n_phdrs > MAX_PHDRS)
        return -1;
    if (r->n_phdrs > 0 &&
        field (r, ehdr + r->layout->e_phentsize, 2) != r->layout->phdr_bytes)
        return -1;
    part.offset = word (r, ehdr + r->layout->e_phoff);
    part.n_bytes = r->n_phdrs * r->layout->phdr_bytes;
    r->phdrs = xcalloc (r->n_phdrs + 1, LARGEST_PHDR);
    return read_part (r, part, r->phdrs);
}

static struct extent phdr_extent (const struct reader *r,
                                  const unsigned char *phdr)
{
    return (struct extent){word (r, phdr + r->layout->p_offset),
                           word (r, phdr + r->layout->p_filesz)};
}

// The first program header of 'type', or NULL.
static const unsigned char *find_phdr (const struct reader *r, uint32_t type)
{
    for (size_t i = 0; i < r->n_phdrs; i++) {
        const unsigned char *phdr = r->phdrs + i * r->layout->phdr_bytes;

        if (field (r, phdr, 4) == type)
            return phdr;
    }
    return NULL;
}

// Where the memory from 'vaddr' on comes from, to the end of its segment.
static int find_vaddr (const struct reader *r, uint64_t vaddr,
                       struct extent *part)
{
    for (size_t i = 0; i < r->n_phdrs; i++) {
        const unsigned char *phdr = r->phdrs + i * r->layout->phdr_bytes;
        struct extent load = phdr_extent (r, phdr);
        uint64_t start = word (r, phdr + r->layout->p_vaddr);

        if (field (r, phdr, 4) != PT_LOAD || vaddr < start ||
            vaddr - start >= load.n_bytes || !inside (r, load))
            continue;
        part->offset = load.offset + (vaddr - start);
        part->n_bytes = load.n_bytes - (vaddr - start);
        return 0;
    }
    return -1;
}

static int read_interp (const struct reader *r, struct elf_info *info)
{
    const unsigned char *phdr = find_phdr (r, PT_INTERP);

    if (!phdr)
        return 0;
    info->interp = read_string (r, phdr_extent (r, phdr));
    return info->interp ? 0 : -1;
}

// The dynamic section and what was found in it.
struct dynamic {
    unsigned char *bytes;  // n entries of a tag and a value
    size_t n;              // up to DT_NULL
    struct extent strings; // the string table
};

// The value of the first 'tag'; -1 when there is none.
static int find_tag (const struct reader *r, const struct dynamic *dyn,
                     uint64_t tag, uint64_t *value)
{
    size_t size = r->layout->word;

    for (size_t i = 0; i < dyn->n; i++) {
        if (word (r, dyn->bytes + 2 * i * size) != tag)
            continue;
        *value = word (r, dyn->bytes + (2 * i + 1) * size);
        return 0;
    }
    return -1;
}

// Load the section, which ends at DT_NULL; the caller frees dyn->bytes.
static int load_dynamic (const struct reader *r, struct extent part,
                         struct dynamic *dyn)
{
    size_t entry = 2 * r->layout->word;
    size_t n = part.n_bytes / entry;

    if (part.n_bytes > MAX_DYNAMIC)
        return -1;
    dyn->bytes = xmalloc (n * entry + 1);
    part.n_bytes = n * entry;
    if (read_part (r, part, dyn->bytes) < 0)
        return -1;
    while (dyn->n < n && word (r, dyn->bytes + dyn->n * entry) != DT_NULL)
        dyn->n++;
    return 0;
}

static int find_strings (const struct reader *r, struct dynamic *dyn)
{
    uint64_t vaddr, n_bytes;

    if (find_tag (r, dyn, DT_STRTAB, &vaddr) < 0 ||
        find_tag (r, dyn, DT_STRSZ, &n_bytes) < 0)
        return 0; // no table: any string is then an error
    if (find_vaddr (r, vaddr, &dyn->strings) < 0)
        return -1;
    if (n_bytes < dyn->strings.n_bytes)
        dyn->strings.n_bytes = n_bytes;
    return 0;
}

static char *dynamic_string (const struct reader *r, const struct dynamic *dyn,
                             uint64_t at)
{
    if (at >= dyn->strings.n_bytes)
        return NULL;
    return read_string (r, (struct extent){dyn->strings.offset + at,
                                           dyn->strings.n_bytes - at});
}

// The string that 'tag' points at, if the tag is there.
static int read_tag_string (const struct reader *r, const struct dynamic *dyn,
                            uint64_t tag, char **text)
{
    uint64_t at;

    if (find_tag (r, dyn, tag, &at) < 0)
        return 0;
    *text = dynamic_string (r, dyn, at);
    return *text ? 0 : -1;
}

static int read_needed (const struct reader *r, const struct dynamic *dyn,
                        struct elf_info *info)
{
    size_t size = r->layout->word;

    for (size_t i = 0; i < dyn->n; i++) {
        const unsigned char *entry = dyn->bytes + 2 * i * size;
        char *name;

        if (word (r, entry) != DT_NEEDED)
            continue;
        name = dynamic_string (r, dyn, word (r, entry + size));
        if (!name || info->needed.n >= MAX_NEEDED) {
            free (name);
            return -1;
        }
        strlist_add_take (&info->needed, name);
    }
    return 0;
}

static int read_dynamic (const struct reader *r, struct elf_info *info)
{
    const unsigned char *phdr = find_phdr (r, PT_DYNAMIC);
    scoped_free unsigned char *bytes = NULL;
    struct dynamic dyn = {0};
    int rc;

    if (!phdr)
        return 0;
    rc = load_dynamic (r, phdr_extent (r, phdr), &dyn);
    bytes = dyn.bytes;
    if (rc < 0 || find_strings (r, &dyn) < 0 ||
        read_tag_string (r, &dyn, DT_RPATH, &info->rpath) < 0 ||
        read_tag_string (r, &dyn, DT_RUNPATH, &info->runpath) < 0)
        return -1;
    return read_needed (r, &dyn, info);
}

int elf_read (int fd, const char *path, struct elf_info *info, struct err *err)
{
    struct reader r = {.fd = fd};
    scoped_free unsigned char *phdrs = NULL;
    struct stat st;
    int rc;

    *info = (struct elf_info){0};
    if (fstat (fd, &st) < 0)
        return err_set (err, errno, "cannot read '%s'", path);
    if (!S_ISREG (st.st_mode))
        return err_set (err, ENOEXEC, "'%s' is not a regular file", path);
    r.file_bytes = (uint64_t)st.st_size;
    if (read_ident (&r, info) < 0)
        return err_set (err, ENOEXEC, "'%s' is not an ELF file", path);
    rc = read_phdrs (&r, info);
    phdrs = r.phdrs;
    if (rc < 0 || read_interp (&r, info) < 0 || read_dynamic (&r, info) < 0) {
        elf_clear (info);
        return err_set (err, ENOEXEC, "'%s' is a broken ELF file", path);
    }
    return 0;
}

void elf_clear (struct elf_info *info)
{
    ptr_freep (&info->interp);
    ptr_freep (&info->rpath);
    ptr_freep (&info->runpath);
    strlist_free (&info->needed);
    *info = (struct elf_info){0};
}
