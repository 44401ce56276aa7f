"""Words with exact offsets, from Arrow's UTF-8 buffers in one pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.kernel import I64, U8, U16, U32, U64, kernel
from inchorus.prepare.fold import (
    APOSTROPHE,
    CAPITAL,
    DIGIT,
    GAP,
    MARK,
    PLANES,
    POINT,
    SINGLE,
    SKIP,
    WORD,
    Fold,
    fold_tables,
)

LONGEST = 60_000  # code points; a longer word (a pasted image, a key) is cut, so that a length fits 16 bits

IS_CAPITAL = 1  # starts with an upper-case letter
STARTS_SENTENCE = 2  # first word of the text, or after . ! ? : and their like, or after a break
IN_QUOTES = 4  # stands between quotation marks
IS_NUMBER = 8  # starts with a digit
STARTS_LINE = 16  # a line break, or white space as wide as a lost one, stands before it
IS_CHARACTER = 32  # one code point of a script without spaces

_SPACES_OF_A_LOST_BREAK = 3  # web pages turned into text keep their block ends as runs of spaces


class Tokens(NamedTuple):
    """The words of a run of texts.

    `hash` (uint64) of the folded word; `start` (uint32) and `length` (uint16) in code points of
    its own text; `flags` (uint8); `offsets` (int64, one more than texts): text i has the words
    `offsets[i]:offsets[i + 1]`.
    """

    hash: U64
    start: U32
    length: U16
    flags: U8
    offsets: I64


@kernel
def _tokenise(
    data: U8,
    bounds: I64,
    kind_of: U8,
    first: U32,
    count: U16,
    folded: U32,
    hashes: U64,
    starts: U32,
    lengths: U16,
    flags: U8,
    offsets: I64,
) -> None:
    k1 = np.uint64(0x9E3779B97F4A7C15)
    k2 = np.uint64(0xD6E8FEB86659FD93)
    n = 0
    for doc in range(len(bounds) - 1):
        offsets[doc] = n
        i = bounds[doc]
        stop = bounds[doc + 1]
        at = 0  # code points before this one
        start = -1  # of the open word
        start_of_last = -1
        end = 0
        h = np.uint64(0)
        flag = 0
        pending = GAP  # an apostrophe or point that belongs to the word only if the next character does
        single = False
        last_digit = False
        sentence = True
        line = True
        quoted = False
        spaces = 0
        newlines = 0
        white = True
        stopped = False  # a full stop that ends a sentence if white space follows
        while i < stop:
            b = np.uint32(data[i])
            if b < 0x80:
                code = b
                i += 1
            elif b < 0xE0:
                code = ((b & 0x1F) << 6) | (np.uint32(data[i + 1]) & 0x3F)
                i += 2
            elif b < 0xF0:
                code = ((b & 0x0F) << 12) | ((np.uint32(data[i + 1]) & 0x3F) << 6) | (np.uint32(data[i + 2]) & 0x3F)
                i += 3
            else:
                code = (
                    ((b & 0x07) << 18)
                    | ((np.uint32(data[i + 1]) & 0x3F) << 12)
                    | ((np.uint32(data[i + 2]) & 0x3F) << 6)
                    | (np.uint32(data[i + 3]) & 0x3F)
                )
                i += 4
            k = kind_of[code] if code < PLANES else (SINGLE if code < 0x32400 else GAP)
            kind = k & 7
            if kind == SKIP:
                at += 1
                continue
            goes_on = False
            if start >= 0:
                if at - start >= LONGEST:
                    goes_on = False
                elif kind == MARK:
                    goes_on = pending == GAP
                elif single or kind == SINGLE:
                    goes_on = False
                elif kind == WORD or kind == DIGIT:
                    goes_on = pending != POINT or kind == DIGIT
                elif pending == GAP and (kind == APOSTROPHE or (kind == POINT and last_digit)):
                    pending = kind
                    stopped = code == 0x2E
                    at += 1
                    white = False
                    continue
                if not goes_on:
                    hashes[n] = h ^ (h >> np.uint64(29))
                    starts[n] = start
                    lengths[n] = end - start
                    flags[n] = flag
                    n += 1
                    start_of_last = start
                    start = -1
                    pending = GAP
                    single = False
            if goes_on:
                if pending == POINT and stopped:
                    h = (h ^ np.uint64(0x2E)) * k1
                    h ^= h >> np.uint64(32)
                stopped = False
                pending = GAP
            elif kind == WORD or kind == DIGIT or kind == SINGLE:
                start = at
                h = k2
                flag = 0
                if k & CAPITAL:
                    flag |= IS_CAPITAL
                if sentence:
                    flag |= STARTS_SENTENCE
                if line:
                    flag |= STARTS_LINE
                if quoted:
                    flag |= IN_QUOTES
                if kind == DIGIT:
                    flag |= IS_NUMBER
                if kind == SINGLE:
                    flag |= IS_CHARACTER
                    single = True
                sentence = False
                stopped = False
                line = False
                goes_on = True
            if goes_on:
                if code < PLANES:
                    f = first[code]
                    for j in range(f, f + count[code]):
                        h = (h ^ np.uint64(folded[j])) * k1
                        h ^= h >> np.uint64(32)
                else:
                    h = (h ^ np.uint64(code)) * k1
                    h ^= h >> np.uint64(32)
                end = at + 1
                last_digit = kind == DIGIT
                white = False
                spaces = 0
                newlines = 0
            else:
                last_digit = False
                # Initials (U. S. Senate) take a full stop without ending a sentence.
                if code == 0x2E:
                    stopped = at - 1 > start_of_last
                elif stopped and (code == 0x20 or code == 0x09 or code == 0x0A or code == 0x0D or code == 0xA0):
                    sentence = True
                if code == 0x0A or code == 0x0D or code == 0x2028 or code == 0x2029 or code == 0x85:
                    line = True
                    white = True
                    newlines += 1
                    if newlines >= 2:
                        sentence = True
                        if newlines > 2 or code != 0x0A or data[i - 2] != 0x0D:
                            quoted = False
                elif code == 0x20 or code == 0x09 or code == 0xA0 or code == 0x3000:
                    spaces += 1
                    white = True
                    if spaces >= _SPACES_OF_A_LOST_BREAK:
                        line = True
                        sentence = True
                        quoted = False
                else:
                    spaces = 0
                    if code == 0x22 or code == 0xFF02:
                        quoted = white
                    elif code == 0x201C or code == 0x201E or code == 0xAB or code == 0x300C:
                        quoted = True
                    elif code == 0x201D or code == 0xBB or code == 0x300D:
                        quoted = False
                    elif (
                        code == 0x21
                        or code == 0x3F
                        or code == 0x3A
                        or code == 0x2026
                        or code == 0x3002
                        or code == 0x61F
                        or code == 0x6D4
                        or code == 0xFF01
                        or code == 0xFF1F
                        or code == 0x964
                    ):
                        sentence = True
                    # An opening bracket or dash before a straight quotation mark opens as a space does.
                    white = code == 0x28 or code == 0x5B or code == 0x2014 or code == 0x2013 or code == 0x2D
            at += 1
        if start >= 0:
            hashes[n] = h ^ (h >> np.uint64(29))
            starts[n] = start
            lengths[n] = end - start
            flags[n] = flag
            n += 1
    offsets[len(bounds) - 1] = n


def _buffers(texts: pa.Array) -> tuple[U8, I64]:
    if not pa.types.is_large_string(texts.type):
        texts = texts.cast(pa.large_string())
    if texts.null_count:
        texts = texts.fill_null("")
    _, offsets, data = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64, len(texts) + 1, texts.offset * 8)
    content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    return content, bounds


def tokenise(texts: pa.Array) -> Tokens:
    """Cut texts into words: runs of letters, marks and digits, folded as `fold` says.

    An apostrophe between letters and a comma or point between digits belong to the word; in scripts
    without spaces every code point with its marks is a word. Nulls are empty texts.

    >>> t = tokenise(pa.array(["It's 1,250 Ж!"], pa.large_string()))
    >>> [(int(s), int(s + n)) for s, n in zip(t.start, t.length)]
    [(0, 4), (5, 10), (11, 12)]
    """
    data, bounds = _buffers(texts)
    fold: Fold = fold_tables()
    # Two words have at least one byte between them, save in scripts of three bytes a word and cut words.
    most = int(bounds[-1] - bounds[0]) // 2 + 2 * len(bounds) + 1
    out = Tokens(
        np.empty(most, np.uint64),
        np.empty(most, np.uint32),
        np.empty(most, np.uint16),
        np.empty(most, np.uint8),
        np.empty(len(bounds), np.int64),
    )
    _tokenise(
        data, bounds, *fold, out.hash, out.start, out.length, out.flags, out.offsets,
    )  # fmt: skip
    n = int(out.offsets[-1])
    return Tokens(out.hash[:n].copy(), out.start[:n].copy(), out.length[:n].copy(), out.flags[:n].copy(), out.offsets)
