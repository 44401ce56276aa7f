"""What each code point does in a word, and how it is folded, as tables for the tokeniser.

Two spellings of one word must give one token: composed or decomposed (NFKD), upper or lower case
(full case folding), Arabic or Persian yeh and kaf, with or without tatweel, vowel points, accents,
zero-width non-joiners and soft hyphens, in any script's decimal digits.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import U8, U16, U32

GAP = 0  # ends a word
WORD = 1  # part of a word
DIGIT = 2  # part of a word; a comma or point between two of them is too
MARK = 3  # goes on with a word, never starts one, is inside its span
SKIP = 4  # goes on with a word without being part of its folded form or the end of its span
APOSTROPHE = 5  # part of a word between two word characters
POINT = 6  # part of a number between two digits
SINGLE = 7  # a token of its own: scripts that put no spaces between words

CAPITAL = 8  # flag: upper or title case
NOTED = 16  # flag: may begin a link, a tag or an entity, or break a word at a line end
PLANES = 0x30000  # code points past this are ideographs or no letters at all

# Scripts without spaces between words; one code point is the finest unit that all of them have.
_SINGLE_RANGES = (
    (0x0E01, 0x0E30), (0x0E32, 0x0E33), (0x0E40, 0x0E46), (0x0E81, 0x0EB0), (0x0EB2, 0x0EB3),
    (0x0EC0, 0x0EC6), (0x0EDC, 0x0EDF), (0x1000, 0x102A), (0x1780, 0x17B3), (0x3005, 0x3007),
    (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9D), (0x1B000, 0x1B16F),
    (0x20000, 0x2FFFF),
)  # fmt: skip
_APOSTROPHES = (0x27, 0x2019, 0x02BC, 0x2018, 0x60, 0xB4, 0xFF07)
# What Unicode says is not to be seen where it is not understood (Default_Ignorable_Code_Point), and tatweel.
_SKIPPED = frozenset(
    chain(
        (0x00AD, 0x034F, 0x061C, 0x0640, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
        *(range(lo, hi + 1) for lo, hi in ((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
                                           (0xFE00, 0xFE0F), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A))),
    )
)  # fmt: skip
UNSEEN = range(0xE0000, 0xE1000)  # the same past `PLANES`: tags, further variation selectors
_NOTED = frozenset(map(ord, "&<.:-=\u00ac\u00ad\u2010\u2e17\u2e40"))
# Yeh, alef maksura and kaf are typed either way in Arabic and Persian; heh goal in Urdu.
_LETTERS = {0x06CC: 0x064A, 0x0649: 0x064A, 0x06A9: 0x0643, 0x06C1: 0x0647, 0x06D2: 0x064A}
# Points and accents that writers add or leave out at will; other scripts' marks are letters in effect.
_DROPPED = frozenset(
    chain(
        *(range(lo, hi + 1) for lo, hi in ((0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05C7), (0x0610, 0x061A),
                                           (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED))),
        (0x0E4D, 0x0ECD),  # the ring of Thai and Lao am, which compatibility forms write as two letters
        _SKIPPED,
    )
)  # fmt: skip
_SPECIAL = _DROPPED.union(_LETTERS)
_NO_LETTERS = frozenset({"Cn", "Cc", "Zs", "Zl", "Zp", "So", "Sm", "Sc", "Ps", "Pe", "Pd", "Pc", "Co", "Cs"})
_FOLDED_KINDS = (WORD, DIGIT, MARK, SINGLE)


class Fold(NamedTuple):
    """Tables over code points below `PLANES`.

    `kind` (uint8): one of the kinds above, with the flags CAPITAL and NOTED. `first` (uint32): offset into
    `folded`; `size` (uint16): how many folded code points stand there.
    """

    kind: U8
    first: U32
    size: U16
    folded: U32


def _folded(char: str) -> list[int]:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    if len(text) == 1 and text == char and not char.isdecimal() and ord(char) not in _SPECIAL:
        return [ord(char)]
    out = []
    for c in text:
        code = ord(c)
        if code in _DROPPED or code in _APOSTROPHES or c.isspace():
            continue
        digit = unicodedata.decimal(c, None)
        out.append(0x30 + digit if digit is not None else _LETTERS.get(code, code))
    return out


def _kind(code: int, category: str) -> int:
    if code in _APOSTROPHES:
        return APOSTROPHE
    if code in {0x2C, 0x2E, 0x066B, 0x066C}:
        return POINT
    if code in _SKIPPED:
        return SKIP
    if category in {"Nd"}:
        return DIGIT
    if category[0] == "L":
        return WORD | (CAPITAL if category in {"Lu", "Lt"} else 0)
    if category[0] == "M":
        return MARK
    return WORD if category in {"Nl", "No"} else GAP


@lru_cache(1)
def fold_tables() -> Fold:
    """Build the tables from this Python's `unicodedata`.

    >>> fold = fold_tables()
    >>> [chr(c) for c in fold.folded[fold.first[0xFB01] : fold.first[0xFB01] + fold.size[0xFB01]]]
    ['f', 'i']
    """
    kind = np.zeros(PLANES, np.uint8)
    first = np.arange(PLANES, dtype=np.uint32)
    count = np.ones(PLANES, np.uint16)
    extra: list[int] = []
    for lo, hi in _SINGLE_RANGES:
        kind[lo : hi + 1] = SINGLE
    for code in chain(
        range(0x3400), range(0x4DC0, 0x4E00), range(0xA000, 0xD7FC), range(0xF900, 0x20000), range(0x2F800, 0x2FA1E)
    ):
        char = chr(code)
        category = unicodedata.category(char)
        if category in _NO_LETTERS and code not in _SKIPPED:
            continue
        if kind[code] != SINGLE:
            kind[code] = _kind(code, category)
        if kind[code] & 7 in _FOLDED_KINDS and (folded := _folded(char)) != [code]:
            if not folded:
                kind[code] = MARK  # a vowel point in the form of a letter is no word on its own
            first[code] = PLANES + len(extra)
            count[code] = len(folded)
            extra.extend(folded)
    kind[list(_NOTED)] |= NOTED
    folded_points = np.concatenate([np.arange(PLANES, dtype=np.uint32), np.array(extra, np.uint32)])
    return Fold(kind, first, count, folded_points)
