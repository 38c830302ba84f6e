#!/usr/bin/env python3
"""mklayer.py - write a layer member by member, as no tar program would

usage: mklayer.py [--format=pax|gnu|ustar] FILE < SPEC

FILE's ending says how it is compressed: .tar, .gz, .xz or .bz2. A line of SPEC
is a member; words are quoted as in a shell, and backslash escapes in names are
Python's:

  d MODE NAME             directory
  f MODE NAME [TEXT]      file with that content
  l NAME TARGET           symbolic link
  h NAME TARGET           hard link
  p MODE NAME             FIFO
  c NAME                  character device 1:3
  x NAME ATTR=VALUE...    empty file with extended attributes (pax)
  t SECONDS               the modification time of what follows
"""
import io
import shlex
import sys
import tarfile

TYPES = {'d': tarfile.DIRTYPE, 'f': tarfile.REGTYPE, 'l': tarfile.SYMTYPE,
         'h': tarfile.LNKTYPE, 'p': tarfile.FIFOTYPE, 'c': tarfile.CHRTYPE,
         'x': tarfile.REGTYPE}
FORMATS = {'pax': tarfile.PAX_FORMAT, 'gnu': tarfile.GNU_FORMAT,
           'ustar': tarfile.USTAR_FORMAT}


def unescape(text):
    raw = text.encode('utf-8', 'surrogateescape')
    return raw.decode('unicode_escape').encode('latin-1').decode(
        'utf-8', 'surrogateescape')


def member(kind, words, mtime):
    """The header and content that a line of the spec tells of."""
    content = b''
    mode = int(words.pop(0), 8) if kind in 'dfp' else 0o644
    info = tarfile.TarInfo(unescape(words.pop(0)))
    info.type, info.mode, info.mtime = TYPES[kind], mode, mtime
    if kind in 'lh':
        info.linkname = unescape(words.pop(0))
    elif kind == 'f' and words:
        content = words.pop(0).encode()
        info.size = len(content)
    elif kind == 'c':
        info.devmajor, info.devminor = 1, 3
    elif kind == 'x':
        info.pax_headers = {'SCHILY.xattr.' + key: value for key, value
                            in (word.split('=', 1) for word in words)}
    return info, io.BytesIO(content)


def main(argv):
    form = tarfile.PAX_FORMAT
    if argv[0].startswith('--format='):
        form = FORMATS[argv.pop(0).split('=')[1]]
    ending = argv[0].rsplit('.', 1)[1]
    mtime = 1600000000
    with tarfile.open(argv[0], 'w' if ending == 'tar' else 'w:' + ending,
                      format=form, encoding='utf-8',
                      errors='surrogateescape') as tar:
        for line in sys.stdin:
            words = shlex.split(line, comments=True)
            if words and words[0] == 't':
                mtime = int(words[1])
            elif words:
                tar.addfile(*member(words[0], words[1:], mtime))


main(sys.argv[1:])
