#!/usr/bin/env python3
"""random-layers.py - write a stack of layers that nobody would think of

usage: random-layers.py SEED DIR

Writes DIR/1.tar, DIR/2.tar, ..., the lowest first; the same for the same SEED.
Each layer is valid over those below: files, directories, links and FIFOs that
are new or replace what is there, hard links into this layer and those below,
whiteouts and opaque markers before and behind what they stand beside.
"""
import io
import random
import sys
import tarfile

NAMES = ['a', 'b', 'c', 'dir', '.hidden', 'with blank']
LAYERS, OPERATIONS, DEPTH = 4, 30, 4


class Stack:
    """The tree as it should be: path -> kind, '' being the root."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tree = {'': 'dir'}
        self.made = set()

    def below(self, path):
        start = path + '/' if path else ''
        return [p for p in self.tree if p and p.startswith(start)]

    def has_made(self, path):
        """Whether this layer has a part in what is at or below path."""
        return path in self.made or any(p in self.made
                                        for p in self.below(path))

    def drop(self, path):
        for gone in self.below(path) + [path]:
            self.tree.pop(gone, None)

    def some_path(self):
        dirs = [p for p, kind in self.tree.items()
                if kind == 'dir' and p.count('/') < DEPTH]
        above = self.random.choice(dirs)
        name = self.random.choice(NAMES)
        return (above + '/' if above else '') + name

    def entry(self):
        """A member that is no marker, or None when the dice are against it."""
        path = self.some_path()
        kind = self.random.choice(['file', 'file', 'dir', 'dir', 'link',
                                   'hard', 'fifo'])
        merge = kind == 'dir' and self.tree.get(path) == 'dir'
        if path in self.made or (not merge and self.has_made(path)):
            return None
        info = tarfile.TarInfo(self.random.choice(['', './']) + path)
        info.mtime = self.random.randrange(10 ** 9)
        info.mode = 0o600 | self.random.randrange(0o200)
        content = b''
        if kind == 'file':
            content = b'%d' % self.random.randrange(10 ** 6)
            info.size = len(content)
        elif kind == 'dir':
            info.type, info.mode = tarfile.DIRTYPE, info.mode | 0o100
        elif kind == 'link':
            info.type = tarfile.SYMTYPE
            info.linkname = self.random.choice(['/etc', '../a', 'b', 'none'])
        elif kind == 'fifo':
            info.type = tarfile.FIFOTYPE
        else:
            files = [p for p, k in self.tree.items() if k == 'file'
                     and p != path and not p.startswith(path + '/')]
            if not files:
                return None
            info.type = tarfile.LNKTYPE
            info.linkname = self.random.choice(files)
            kind = 'file'
        if not merge:
            self.drop(path)
        self.tree[path] = kind
        self.made.add(path)
        return info, content

    def marker(self):
        """A whiteout or an opaque marker."""
        if self.random.random() < 0.5:
            paths = [p for p in self.tree if p and not self.has_made(p)]
            if not paths:
                return None
            path = self.random.choice(paths)
            self.drop(path)
            head, _, name = path.rpartition('/')
            name = '.wh.' + name
        else:
            head = self.random.choice([p for p, kind in self.tree.items()
                                       if kind == 'dir'])
            name = '.wh..wh..opq'
            for path in self.below(head):
                if path in self.tree and not self.has_made(path):
                    self.drop(path)
        return tarfile.TarInfo((head + '/' if head else '') + name), b''

    def layer(self):
        """The members of one more layer, in order."""
        self.made = set()
        members = []
        late = []
        for _ in range(OPERATIONS):
            is_marker = self.random.random() < 0.15
            member = self.marker() if is_marker else self.entry()
            if member:
                late_one = is_marker and self.random.random() < 0.5
                (late if late_one else members).append(member)
        return members + late


def main(seed, directory):
    stack = Stack(seed)
    for number in range(1, LAYERS + 1):
        with tarfile.open(f'{directory}/{number}.tar', 'w',
                          format=tarfile.PAX_FORMAT) as tar:
            for info, content in stack.layer():
                tar.addfile(info, io.BytesIO(content))


main(int(sys.argv[1]), sys.argv[2])
