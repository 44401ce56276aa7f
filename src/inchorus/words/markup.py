"""HTML in a text: what a tag is, and which character an entity stands for."""

from __future__ import annotations

from html.entities import html5

import numpy as np

from inchorus.compiled.kernel import U8, kernel
from inchorus.compiled.sorting import place

NO_TAG, JOINS, BREAKS_LINE, INLINE = 0, 1, 2, 3

_JOINING = "wbr"
_BLOCKS = (
    "address article aside blockquote body br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 head "
    "header hr html iframe img li main nav ol option p pre script section select style table tbody td th title tr ul"
)
_INLINES = (
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i input ins kbd label link mark meta noscript "
    "q s samp small span strike strong sub sup time tt u var video audio source"
)
_LONGEST_TAG = 4096  # bytes; a `<` with no end so near is a sign of its own
_LONGEST_NAME = 32  # bytes of the name of an entity; the longest has 31


def _tag_code(name: str) -> int:
    code = 0
    for letter in name:
        code = code * 41 + (ord(letter) & 0x1F if letter.isalpha() else ord(letter) - 0x30 + 27)
    return code


def _entity_code(name: str) -> int:
    code = 0
    for letter in name:
        code = (code ^ ord(letter)) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return code


_CLASSES = dict(
    sorted(
        [(_tag_code(_JOINING), JOINS)]
        + [(_tag_code(name), BREAKS_LINE) for name in _BLOCKS.split()]
        + [(_tag_code(name), INLINE) for name in _INLINES.split()]
    )
)
_TAG_NAMES = np.array(list(_CLASSES), np.uint64)
_TAG_CLASSES = np.array(list(_CLASSES.values()), np.uint8)
_NAMED = dict(
    sorted((_entity_code(name[:-1]), ord(sign)) for name, sign in html5.items() if name[-1] == ";" and len(sign) == 1)
)
_ENTITY_NAMES = np.array(list(_NAMED), np.uint64)
_ENTITY_SIGNS = np.array(list(_NAMED.values()), np.uint32)


@kernel
def tag(data: U8, i: int, stop: int) -> tuple[int, int]:
    """Where the tag ends whose `<` stands before `i`, and its class; `i` and NO_TAG where there is none.

    Only names that HTML knows count, and only with attributes that have a value: `a<b and c>d` is no tag. A comment
    is one.
    """
    limit = min(stop, i + _LONGEST_TAG)
    if i + 2 < stop and data[i] == 0x21 and data[i + 1] == 0x2D and data[i + 2] == 0x2D:
        for j in range(i + 5, limit):
            if data[j] == 0x3E and data[j - 1] == 0x2D and data[j - 2] == 0x2D:
                return j + 1, INLINE
        return i, NO_TAG
    j = i
    if j < limit and data[j] == 0x2F:
        j += 1
    name = np.uint64(0)
    first = j
    while j < limit and j - first <= 10:
        b = data[j] | 0x20 if 0x41 <= data[j] <= 0x5A else data[j]
        if 0x61 <= b <= 0x7A:
            name = name * np.uint64(41) + np.uint64(b & 0x1F)
        elif j > first and 0x30 <= b <= 0x39:
            name = name * np.uint64(41) + np.uint64(b - 0x30 + 27)
        else:
            break
        j += 1
    row = place(_TAG_NAMES, name)
    if j == first or row == len(_TAG_NAMES) or _TAG_NAMES[row] != name:
        return i, NO_TAG
    plain = True  # nothing but white space and a slash since the name
    valued = False
    while j < limit and data[j] != 0x3E and data[j] != 0x3C:
        b = data[j]
        if plain and b != 0x20 and b != 0x2F and not 0x09 <= b <= 0x0D:
            if data[j - 1] > 0x20 and data[j - 1] != 0x2F:
                return i, NO_TAG
            plain = False
        valued |= b == 0x3D
        j += 1
    if j >= limit or data[j] == 0x3C or not (plain or valued):
        return i, NO_TAG
    return j + 1, int(_TAG_CLASSES[row])


@kernel
def entity(data: U8, i: int, stop: int) -> tuple[int, int]:
    """Where the entity ends whose `&` stands before `i`, and its code point; `i` and 0 where there is none."""
    limit = min(stop, i + _LONGEST_NAME)
    if i + 1 < stop and data[i] == 0x23:
        hexadecimal = data[i + 1] | 0x20 == 0x78
        j = i + 2 if hexadecimal else i + 1
        first = j
        code = 0
        while j < limit:
            b = data[j] | 0x20
            if 0x30 <= data[j] <= 0x39:
                digit = int(data[j]) - 0x30
            elif hexadecimal and 0x61 <= b <= 0x66:
                digit = int(b) - 0x57
            else:
                break
            code = code * (16 if hexadecimal else 10) + digit
            if code > 0x10FFFF:
                return i, 0
            j += 1
        if j == first or j >= limit or data[j] != 0x3B or code == 0 or 0xD800 <= code < 0xE000:
            return i, 0
        return j + 1, code
    name = np.uint64(0)
    for j in range(i, limit):
        if data[j] == 0x3B:
            row = place(_ENTITY_NAMES, name)
            if j > i and row < len(_ENTITY_NAMES) and _ENTITY_NAMES[row] == name:
                return j + 1, int(_ENTITY_SIGNS[row])
            return i, 0
        b = data[j] | 0x20
        if not (0x61 <= b <= 0x7A or 0x30 <= data[j] <= 0x39):
            return i, 0
        name = (name ^ np.uint64(data[j])) * np.uint64(0x100000001B3)
    return i, 0
