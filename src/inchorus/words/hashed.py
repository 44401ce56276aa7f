"""The hash that stands for a word, from its folded code points."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U8, U16, U32, kernel
from inchorus.words.fold import DIGIT, GAP, MARK, PLANES, WORD
from inchorus.words.markup import entity, tag

FACTOR = np.uint64(0x9E3779B97F4A7C15)
BASIS = np.uint64(0xD6E8FEB86659FD93)


@kernel
def folded_hash(data: U8, i: int, stop: int, kind_of: U8, first: U32, count: U16, folded: U32) -> tuple[np.uint64, int]:
    """Hash and code points of a word that a link is glued to: its letters before the link."""
    h = BASIS
    points = 0
    while i < stop:
        b = np.uint32(data[i])
        size = 1 if b < 0x80 else (2 if b < 0xE0 else (3 if b < 0xF0 else 4))
        code = b if size == 1 else b & np.uint32(0x7F >> size)
        for k in range(1, size):
            code = (code << np.uint32(6)) | (np.uint32(data[i + k]) & np.uint32(0x3F))
        j = i + size
        if code == 0x26:
            j, sign = entity(data, j, stop)
            code = np.uint32(sign)
        elif code == 0x3C:
            j, _ = tag(data, j, stop)
        for x in range(i, j):
            points += (data[x] & 0xC0) != 0x80
        i = j
        kind = kind_of[code] & 7 if code < PLANES else GAP
        if kind == WORD or kind == DIGIT or kind == MARK:
            for j in range(first[code], first[code] + count[code]):
                h = (h ^ np.uint64(folded[j])) * FACTOR
                h ^= h >> np.uint64(32)
    return h, points
