"""Wordings back from numbers: as they stand in the documents, and as they were folded."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import I64, U8, U16, U32, kernel
from inchorus.words.corpus import Corpus
from inchorus.words.fold import DIGIT, MARK, PLANES, POINT, SINGLE, UNSEEN, WORD, fold_tables
from inchorus.words.markup import entity, tag

_UNSEEN_FROM = UNSEEN.start


@kernel
def _byte_spans(data: U8, bounds: I64, text: I64, start: I64, end: I64, out_start: I64, out_end: I64) -> None:
    """Turn spans of code points into spans of bytes; rows come sorted by text and start."""
    at_text = -1
    code = 0
    byte = 0
    for i in range(len(text)):
        if text[i] != at_text or start[i] < code:
            at_text = text[i]
            code = 0
            byte = bounds[at_text]
        while code < start[i]:
            byte += 1
            while byte < bounds[at_text + 1] and (data[byte] & 0xC0) == 0x80:
                byte += 1
            code += 1
        out_start[i] = byte
        last = byte
        at = code
        while at < end[i]:
            last += 1
            while last < bounds[at_text + 1] and (data[last] & 0xC0) == 0x80:
                last += 1
            at += 1
        out_end[i] = last


@kernel
def _copy(data: U8, start: I64, end: I64, row: I64, offsets: I64, out: U8) -> None:
    for i in range(len(row)):
        at = offsets[row[i]] - start[i]
        for k in range(
            start[i], end[i]
        ):  # a slice for this has Numba compile the text of an error, which takes seconds
            out[at + k] = data[k]


def cut(texts: pa.ChunkedArray, document: I64, start: I64, end: I64) -> pa.Array:
    """Cut `texts[document][start:end]`, in code points, for every row; a large_string array.

    >>> texts = pa.chunked_array([pa.array(["añb"], pa.large_string())])
    >>> cut(texts, *(np.array([x]) for x in (0, 1, 3))).to_pylist()
    ['ñb']
    """
    order = np.lexsort((start, document))
    document, start, end = document[order], start[order], end[order]
    lo_byte, hi_byte = np.empty(len(order), np.int64), np.empty(len(order), np.int64)
    buffers = []
    base = 0
    for chunk in texts.chunks:
        part = chunk.cast(pa.large_string())
        lo, hi = np.searchsorted(document, [base, base + len(part)])
        _, offsets, data = part.buffers()
        bounds = np.frombuffer(offsets, np.int64, len(part) + 1, part.offset * 8)
        content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
        _byte_spans(content, bounds, document[lo:hi] - base, start[lo:hi], end[lo:hi], lo_byte[lo:hi], hi_byte[lo:hi])
        buffers.append((content, int(lo), int(hi)))
        base += len(part)
    lengths = np.empty(len(order), np.int64)
    lengths[order] = hi_byte - lo_byte
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    out = np.empty(int(offsets[-1]), np.uint8)
    for content, lo, hi in buffers:
        _copy(content, lo_byte[lo:hi], hi_byte[lo:hi], order[lo:hi], offsets, out)
    return _strings(offsets, out)


def _strings(offsets: I64, data: U8) -> pa.Array:
    return pa.Array.from_buffers(pa.large_string(), len(offsets) - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])


@kernel
def _fold_words(data: U8, bounds: I64, kind_of: U8, first: U32, count: U16, folded: U32, offsets: I64, out: U8) -> None:
    """Write each word folded; with an empty `out`, only count its bytes into `offsets[i + 1]`."""
    n = 0
    for w in range(len(bounds) - 1):
        i = bounds[w]
        while i < bounds[w + 1]:
            b = np.uint32(data[i])
            size = 1 if b < 0x80 else (2 if b < 0xE0 else (3 if b < 0xF0 else 4))
            code = b if size == 1 else b & np.uint32(0x7F >> size)
            for k in range(1, size):
                code = (code << np.uint32(6)) | (np.uint32(data[i + k]) & np.uint32(0x3F))
            i += size
            # Within a word they are what the tokeniser took them for.
            if code == 0x26:
                i, sign = entity(data, i, bounds[w + 1])
                code = np.uint32(sign)
            elif code == 0x3C:
                i, _ = tag(data, i, bounds[w + 1])
            if code >= _UNSEEN_FROM:
                continue
            if code < PLANES:
                kind = kind_of[code] & 7
                if not (
                    kind == WORD or kind == DIGIT or kind == MARK or kind == SINGLE or (kind == POINT and code == 0x2E)
                ):
                    continue
                lo = first[code]
                hi = lo + count[code]
            else:
                lo = np.uint32(0)
                hi = np.uint32(1)
            for j in range(lo, hi):
                c = folded[j] if code < PLANES else code
                size = 1 if c < 0x80 else (2 if c < 0x800 else (3 if c < 0x10000 else 4))
                if len(out):
                    if size == 1:
                        out[n] = c
                    else:
                        for k in range(size - 1, 0, -1):
                            out[n + k] = 0x80 | (c & np.uint32(0x3F))
                            c >>= np.uint32(6)
                        out[n] = ((0xF00 >> size) & 0xFF) | c
                n += size
        offsets[w + 1] = n


def folded(words: pa.Array) -> pa.Array:
    """The folded form of each word of a large_string array, as its hash stands for it.

    >>> folded(pa.array(["It’s", "1,250", "كتابـي"], pa.large_string())).to_pylist()
    ['its', '1250', 'كتابي']
    """
    _, spans, data = words.buffers()
    bounds = np.frombuffer(spans, np.int64, len(words) + 1, words.offset * 8)
    content = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    content.flags.writeable = False  # as what the tokeniser reads: its kernels are not compiled for another type
    offsets = np.zeros(len(words) + 1, np.int64)
    _fold_words(content, bounds, *fold_tables(), offsets, np.empty(0, np.uint8))
    out = np.empty(max(1, int(offsets[-1])), np.uint8)
    _fold_words(content, bounds, *fold_tables(), offsets, out)
    return _strings(offsets, out)


def vocabulary(corpus: Corpus, texts: pa.ChunkedArray) -> pa.Array:
    """The folded form of every word of the corpus, by its number."""
    document = np.searchsorted(corpus.offsets, corpus.first, "right") - 1
    start = corpus.start[corpus.first].astype(np.int64)
    return folded(cut(texts, document, start, start + corpus.length[corpus.first]))


@kernel
def _join_words(word: U32, begin: I64, end: I64, bounds: I64, data: U8, offsets: I64, out: U8) -> None:
    n = 0
    for i in range(len(begin)):
        for p in range(begin[i], end[i]):
            if p > begin[i]:
                if len(out):
                    out[n] = 0x20
                n += 1
            lo = bounds[word[p]]
            hi = bounds[word[p] + 1]
            if len(out):
                for k in range(lo, hi):
                    out[n + k - lo] = data[k]
            n += hi - lo
        offsets[i + 1] = n


def normalised(corpus: Corpus, words: pa.Array, begin: I64, end: I64) -> pa.Array:
    """The folded words of spans of the corpus, joined by one space; `words` comes from `vocabulary`."""
    _, spans, data = words.buffers()
    bounds = np.frombuffer(spans, np.int64, len(words) + 1)
    content = np.frombuffer(data, np.uint8)
    offsets = np.zeros(len(begin) + 1, np.int64)
    _join_words(corpus.word, begin, end, bounds, content, offsets, np.empty(0, np.uint8))
    out = np.empty(max(1, int(offsets[-1])), np.uint8)
    _join_words(corpus.word, begin, end, bounds, content, offsets, out)
    return _strings(offsets, out)
