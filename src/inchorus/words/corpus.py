"""The whole input as numbers: one id a word, with its place, in the order of the documents."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import I64, U8, U16, U32, U64, kernel
from inchorus.engine.executor import Executor
from inchorus.progress import Progress
from inchorus.words.tokens import Tokens, tokenise

BATCH_BYTES = 4 << 20  # text a thread takes at a time: large enough to be worth it, small enough for memory

DAY = 86_400_000_000
NEVER = np.iinfo(np.int64).max
_WIDTH = {
    "second": 1_000_000,
    "minute": 60_000_000,
    "hour": 3_600_000_000,
    "day": DAY,
    "month": 31 * DAY,
    "year": 366 * DAY,
}


class Corpus(NamedTuple):
    """Documents as words, ordered as the documents table is: by source, time, id.

    word, start, length, flags: one entry a word (see `Tokens`), `word` (uint32) an id numbered by
    first appearance. offsets (int64): document d has the words `offsets[d]:offsets[d + 1]`.
    source (uint32): a number a document, rising with the documents. earliest, latest (int64): the
    half-open span of microseconds in which a document appeared; both `NEVER` where that is not known.
    frequency, documents (int64): occurrences of each word, and documents with it. first (int64): the
    word of the corpus where it appears first.
    """

    word: U32
    start: U32
    length: U16
    flags: U8
    offsets: I64
    source: U32
    earliest: I64
    latest: I64
    frequency: I64
    documents: I64
    first: I64


@kernel
def _number(
    hashes: U64,
    offsets: I64,
    at: int,
    doc: int,
    keys: U64,
    ids: U32,
    known: int,
    freq: I64,
    docs: I64,
    last: I64,
    seen: I64,
    base: int,
    out: U32,
) -> tuple[int, int]:
    """Give words their ids; stop, to be called again with larger tables, once these are half full."""
    mask = np.uint64(len(keys) - 1)
    limit = len(keys) // 2
    d = 0
    while at < len(hashes):
        while at >= offsets[d + 1]:
            d += 1
        h = hashes[at]
        if h == 0:
            h = np.uint64(1)
        slot = h & mask
        while keys[slot] != 0 and keys[slot] != h:
            slot = (slot + np.uint64(1)) & mask
        if keys[slot] == 0:
            if known >= limit:
                return at, known
            keys[slot] = h
            ids[slot] = known
            last[known] = -1
            seen[known] = base + at
            known += 1
        word = ids[slot]
        out[at] = word
        freq[word] += 1
        if last[word] != doc + d:
            last[word] = doc + d
            docs[word] += 1
        at += 1
    return at, known


@kernel
def _rehash(keys: U64, ids: U32, into: U64, into_ids: U32) -> None:
    mask = np.uint64(len(into) - 1)
    for i in range(len(keys)):
        if keys[i] != 0:
            slot = keys[i] & mask
            while into[slot] != 0:
                slot = (slot + np.uint64(1)) & mask
            into[slot] = keys[i]
            into_ids[slot] = ids[i]


class Vocabulary:
    """Word ids by order of first appearance; grows as it fills.

    known: how many words there are. freq, docs, last, seen (int64), of which the first `known` entries
    count: occurrences, documents, the last document and the first place of each word.
    """

    def __init__(self) -> None:
        self.known = 0
        size = 1 << 16
        self.keys, self.ids = np.zeros(size, np.uint64), np.zeros(size, np.uint32)
        self.freq, self.docs, self.last, self.seen = (np.zeros(size // 2, np.int64) for _ in range(4))

    def _grow(self, size: int) -> None:
        keys, ids = np.zeros(size, np.uint64), np.zeros(size, np.uint32)
        freq, docs, last, seen = (np.zeros(size // 2, np.int64) for _ in range(4))
        _rehash(self.keys, self.ids, keys, ids)
        for new, old in ((freq, self.freq), (docs, self.docs), (last, self.last), (seen, self.seen)):
            new[: self.known] = old[: self.known]
        self.keys, self.ids, self.freq, self.docs, self.last, self.seen = keys, ids, freq, docs, last, seen

    def number(self, tokens: Tokens, doc: int, base: int) -> U32:
        """The ids of `tokens`, of which the first text is document `doc` and the first word is word `base`."""
        out = np.empty(len(tokens.hash), np.uint32)
        at = 0
        while True:
            at, self.known = _number(
                tokens.hash, tokens.offsets, at, doc, self.keys, self.ids, self.known, self.freq, self.docs, self.last,
                self.seen, base, out,
            )  # fmt: skip
            if at >= len(out):
                return out
            self._grow(2 * len(self.keys))


def _slices(texts: pa.ChunkedArray) -> list[pa.Array]:
    """Cut chunks into slices of about `BATCH_BYTES`."""
    out = []
    for chunk in texts.chunks:
        if not pa.types.is_large_string(chunk.type):
            chunk = chunk.cast(pa.large_string())  # noqa: PLW2901
        _, buffer, _ = chunk.buffers()
        bounds = np.frombuffer(buffer, np.int64, len(chunk) + 1, chunk.offset * 8)
        lo = 0
        while lo < len(chunk):
            hi = max(lo + 1, int(np.searchsorted(bounds, bounds[lo] + BATCH_BYTES, "right")) - 1)
            out.append(chunk.slice(lo, hi - lo))
            lo = hi
    return out


def spans(documents: pa.Table) -> tuple[I64, I64]:
    """When documents appeared: the half-open span that `time` and `time_precision` give, as in `Corpus`."""
    stamps = documents["time"].cast(pa.int64()).fill_null(NEVER).to_numpy().astype(np.int64)
    width = np.zeros(len(stamps), np.int64)
    precision = documents["time_precision"].combine_chunks()
    for name, size in _WIDTH.items():
        width[np.asarray(pc.equal(precision, name).fill_null(False))] = size
    known = stamps != NEVER
    return stamps, np.where(known, stamps + np.where(known, width, 0), NEVER)


def build_corpus(documents: pa.Table, threads: int, progress: Progress) -> Corpus:
    """Number the words of a documents table in canonical order (see `schema.DOCUMENTS`).

    Needs about 11 bytes a word and, while it works, a few batches of text.
    """
    vocabulary = Vocabulary()
    slices = _slices(documents["text"])
    parts: list[tuple[U32, U32, U16, U8, I64]] = []
    doc = words = 0
    total = sum(_bytes(s) for s in slices)
    with progress.stage("words", total, "B") as advance:
        for piece, tokens in zip(slices, Executor(threads).map(tokenise, slices), strict=True):
            ids = vocabulary.number(tokens, doc, words)
            parts.append((ids, tokens.start, tokens.length, tokens.flags, tokens.offsets[:-1] + words))
            doc += len(tokens.offsets) - 1
            words += len(ids)
            advance(_bytes(piece))
    columns = [np.concatenate(c) for c in zip(*parts, strict=True)]
    names = documents["source"].combine_chunks().dictionary_encode()
    earliest, latest = spans(documents)
    return Corpus(
        columns[0],
        columns[1],
        columns[2],
        columns[3],
        np.append(columns[4], np.int64(words)),
        names.indices.to_numpy().astype(np.uint32),
        earliest,
        latest,
        vocabulary.freq[: vocabulary.known].copy(),
        vocabulary.docs[: vocabulary.known].copy(),
        vocabulary.seen[: vocabulary.known].copy(),
    )


def _bytes(texts: pa.Array) -> int:
    _, buffer, _ = texts.buffers()
    bounds = np.frombuffer(buffer, np.int64, len(texts) + 1, texts.offset * 8)
    return int(bounds[-1] - bounds[0])
