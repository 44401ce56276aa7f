"""What stands between words: full stops, line breaks, commas, quotation marks, in one pass over UTF-8."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import I64, U8, U16, U32, kernel
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_CAPITAL
from inchorus.words.markup import BREAKS_LINE, NO_TAG, entity, tag

ENDS = 1  # a sentence ends here for certain
POINT = 2  # a full stop: the end of a sentence, or of an abbreviation
COLON = 4
CLAUSE = 8  # a comma, semicolon, dash or bracket
OPENS = 16  # a quotation mark opens right before the word
CLOSES = 32  # a quotation mark closes right after the word before
WIDE = 64  # two or three spaces, as where punctuation was lost

_WRAPPED = 100  # code points; lines that are longer were not broken for their length
_HEADING = 40  # code points; a line that is shorter than that was not either
_LOST_BREAK = 4  # spaces in a row, as the blocks of a web page leave them
_LOST_POINT = 2


@kernel
def _line(data: U8, i: int, stop: int) -> int:
    """Code points from `i` to the end of its line, or `_WRAPPED` and one if it is longer."""
    n = 0
    while i < stop and n <= _WRAPPED and data[i] != 0x0A and data[i] != 0x0D:
        n += (data[i] & 0xC0) != 0x80
        i += 1
    return n


@kernel
def _mark(
    data: U8, bounds: I64, chosen: I64, offsets: I64, start: U32, length: U16, flags: U8, out: U8
) -> None:  # fmt: skip
    """Write into `out` what stands before each word of the `chosen` texts; words are numbered by `offsets`."""
    for d in chosen:
        i = bounds[d]
        stop = bounds[d + 1]
        at = 0  # code points before `i`
        line_start = 0
        line_before = 0
        for w in range(offsets[d], offsets[d + 1]):
            begin = np.int64(start[w])
            bits = 0
            point = trails = strong = quote = opening = letters = False
            spaces = widest = newlines = 0
            wrapped = False
            first = True  # nothing but marks since the word before
            while at < begin and i < stop:
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
                    code = np.uint32(0x2D)
                    i += 4
                size = 1
                j = i
                if code == 0x26:
                    j, sign = entity(data, i, stop)
                    if j > i:
                        code = np.uint32(sign)
                elif code == 0x3C:
                    j, rank = tag(data, i, stop)
                    if rank == BREAKS_LINE:
                        code = np.uint32(0x0A)
                        newlines += 1
                    elif rank != NO_TAG:
                        code = np.uint32(0xAD)
                for x in range(i, j):
                    size += (data[x] & 0xC0) != 0x80
                i = j
                white = code == 0x20 or code == 0x09 or code == 0xA0 or code == 0x3000
                if code == 0x0A or code == 0x2028 or code == 0x2029 or code == 0x85:
                    newlines += 1
                    if newlines == 1:
                        ended = at - line_start
                        after = _line(data, i, stop)
                        # In a text broken for its length, what begins a line had no room on the line before.
                        widest_line = max(ended, after, line_before)
                        room = widest_line - ended - 1
                        wrapped = bool(ended >= _HEADING and widest_line <= _WRAPPED and length[w] >= room)
                        line_before = ended
                    line_start = at + size
                    white = True
                    spaces = 0
                if white or code == 0x0D:
                    first = False
                    opening = False
                    spaces += code != 0x0D and code != 0x0A
                    widest = max(widest, spaces)
                    at += size
                    continue
                spaces = 0
                if code == 0x22 or code == 0xFF02:
                    if first and w > offsets[d]:
                        quote = True
                    else:
                        opening = True
                elif code == 0x201C or code == 0x201E or code == 0xAB or code == 0x300C:
                    opening = True
                elif code == 0x201D or code == 0xBB or code == 0x300D:
                    quote = True
                elif code == 0x2E or code == 0x2026:
                    trails |= point or code == 0x2026
                    point = True
                elif code == 0x3A or code == 0xFF1A:
                    bits |= COLON
                elif (
                    code == 0x2C or code == 0x3B or code == 0x28 or code == 0x29 or code == 0x2014 or code == 0x2013
                    or code == 0x60C or code == 0x61B or code == 0x3001 or code == 0xFF0C or code == 0xFF1B
                ):  # fmt: skip
                    bits |= CLAUSE
                elif code == 0x2D:
                    if not first:
                        bits |= CLAUSE
                elif (
                    code == 0x21 or code == 0x3F or code == 0x61F or code == 0x6D4 or code == 0x964
                    or code == 0x3002 or code == 0xFF01 or code == 0xFF1F
                ):  # fmt: skip
                    strong = True
                elif 0x41 <= code <= 0x5A or 0x61 <= code <= 0x7A:
                    letters = True  # of a link, or of a mark that reposts begin with
                at += size
            capital = (flags[w] & IS_CAPITAL) != 0
            apart = widest > 0 or newlines > 0 or opening or quote
            broken = newlines > 1 or (newlines == 1 and not wrapped) or widest >= _LOST_BREAK
            if w == offsets[d] or broken or letters or (strong and (capital or not quote)):
                bits |= ENDS
            elif trails:
                bits |= ENDS if capital else CLAUSE
            elif point and (apart or (capital and first)):
                bits |= POINT
            if widest >= _LOST_POINT and not point:
                bits |= WIDE
            if quote:
                bits |= CLOSES
            if opening:
                bits |= OPENS
            out[w] = bits
            # Over the word itself.
            last = begin + np.int64(length[w])
            while at < last and i < stop:
                i += 1
                while i < stop and (data[i] & 0xC0) == 0x80:
                    i += 1
                at += 1


def stops(corpus: Corpus, texts: pa.ChunkedArray, documents: I64) -> U8:
    """What stands before each word of some texts: uint8, one a word, see the constants above.

    The texts are those numbered in `documents`, which rise; words of others have 0. `texts` are all of the corpus.
    """
    out = np.zeros(len(corpus.word), np.uint8)
    base = 0
    for chunk in texts.chunks:
        lo, hi = np.searchsorted(documents, [base, base + len(chunk)])
        _, spans, data = chunk.cast(pa.large_string()).buffers()
        bounds = np.frombuffer(spans, np.int64, len(chunk) + 1, chunk.offset * 8)
        content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        content.flags.writeable = False  # as what the tokeniser reads
        words = corpus.offsets[base : base + len(chunk) + 1]
        _mark(content, bounds, documents[lo:hi] - base, words, corpus.start, corpus.length, corpus.flags, out)
        base += len(chunk)
    return out
