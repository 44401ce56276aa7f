"""Words that a line end breaks, with a hyphen, a soft hyphen, the ¬ of scans or the double hyphens of old print."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U8, kernel
from inchorus.words.fold import CAPITAL, PLANES, WORD


@kernel
def goes_on(data: U8, i: int, stop: int, kind_of: U8, capitals: bool) -> int:
    """Where a broken word goes on whose hyphen stands before `i`; `i` where it does not.

    It does behind one line end, or behind several and a form feed, which is the end of a page, with a small letter, or
    with a large one if the word is in `capitals`.
    """
    j = i
    pages = False
    while j < stop and (data[j] == 0x20 or data[j] == 0x09):
        j += 1
    if j >= stop:
        return i
    if data[j] == 0x0D:
        j += 2 if j + 1 < stop and data[j + 1] == 0x0A else 1
    elif data[j] == 0x0A or data[j] == 0x0B or data[j] == 0x0C:
        pages = data[j] == 0x0C
        j += 1
    elif data[j] == 0xE2 and data[j + 1] == 0x80 and data[j + 2] == 0xA8:
        j += 3
    elif data[j] == 0xC2 and data[j + 1] == 0x85:
        j += 2
    else:
        return i
    more = False
    while j < stop and (data[j] == 0x20 or 0x09 <= data[j] <= 0x0D):
        pages |= data[j] == 0x0C
        more |= data[j] > 0x09 and data[j] != 0x20
        j += 1
    if j >= stop or (more and not pages):
        return i
    b = np.uint32(data[j])
    size = 1 if b < 0x80 else (2 if b < 0xE0 else (3 if b < 0xF0 else 4))
    code = b if size == 1 else b & np.uint32(0x7F >> size)
    for k in range(1, size):
        code = (code << np.uint32(6)) | (np.uint32(data[j + k]) & np.uint32(0x3F))
    kind = kind_of[code] if code < PLANES else np.uint8(0)
    return j if kind & 7 == WORD and (capitals or not kind & CAPITAL) else i
