"""Every place of the corpus where given wordings stand to the letter."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, inline, kernel
from inchorus.match.hashes import content_key, finalise
from inchorus.words.corpus import Corpus

TRIED = 32  # wordings with the same first words that are looked for, the shortest: any other has one of them inside


@kernel
def _rolling(word: U32, base: int, out: U64) -> None:
    """The polynomial of the words up to each place, modulo 2^64 (Karp and Rabin 1987)."""
    h = np.uint64(0)
    out[0] = h
    for p in range(len(word)):
        h = h * np.uint64(base) + np.uint64(word[p]) + np.uint64(1)
        out[p + 1] = h


@kernel
def _powers(base: int, out: U64) -> None:
    out[0] = np.uint64(1)
    for k in range(1, len(out)):
        out[k] = out[k - 1] * np.uint64(base)


@inline
def _span(rolling: U64, powers: U64, begin: int, end: int) -> np.uint64:
    return np.uint64(rolling[end] - rolling[begin] * powers[end - begin])


@inline
def _slot(keys: U64, first: I64, h: np.uint64) -> int:
    """Where the wordings whose first words have the hash `h` are listed, or would be."""
    mask = np.uint64(len(keys) - 1)
    slot = finalise(h) & mask
    while first[slot] >= 0 and keys[slot] != h:
        slot = (slot + np.uint64(1)) & mask
    return int(slot)


@kernel
def _lists(rolling: U64, powers: U64, begin: I64, head: int, keys: U64, first: I64, following: I64) -> None:
    """Wordings by their first words: a slot has the first of them, `following` the next, in their order."""
    for k in range(len(begin) - 1, -1, -1):
        h = _span(rolling, powers, begin[k], begin[k] + head)
        slot = _slot(keys, first, h)
        following[k] = first[slot]
        keys[slot] = h
        first[slot] = k


@inline
def _equal(word: U32, a: int, b: int, size: int) -> bool:
    k = 0
    while k < size and word[a + k] == word[b + k]:
        k += 1
    return k == size


@kernel
def _stand(
    word: U32, offsets: I64, rolling: U64, powers: U64, begin: I64, end: I64, head: int, keys: U64, first: I64,
    following: I64, behind: I64, out: I64,
) -> int:  # fmt: skip
    """Count the places of the wordings, and write wording, document and place of as many as `out` has room for."""
    n = 0
    for d in range(len(offsets) - 1):
        stop = offsets[d + 1]
        for p in range(offsets[d], stop - head + 1):
            k = first[_slot(keys, first, _span(rolling, powers, p, p + head))]
            while k >= 0:
                size = end[k] - begin[k]
                if (
                    p >= behind[k]
                    and p + size <= stop
                    and _span(rolling, powers, p, p + size) == _span(rolling, powers, begin[k], end[k])
                    and _equal(word, begin[k], p, size)
                ):
                    behind[k] = p + size
                    if n < out.shape[1]:
                        out[0, n], out[1, n], out[2, n] = k, d, p
                    n += 1
                k = following[k]
    return n


def _distinct(rolling: U64, powers: U64, begin: I64, end: I64, head: int) -> tuple[I64, I64]:
    """A row of each wording, of those with the same first words the shortest; and the wording of each row, or -1."""
    size = end - begin
    first = rolling[begin + head] - rolling[begin] * powers[head]
    whole = rolling[end] - rolling[begin] * powers[size]
    of = np.unique(np.stack([first, size.view(np.uint64), whole]), axis=1, return_index=True, return_inverse=True)
    (first, _, _), row, wording = of[0], of[1], of[2].reshape(-1)
    rank = np.arange(len(first)) - np.searchsorted(first, first)
    number = np.where(rank < TRIED, np.cumsum(rank < TRIED) - 1, -1)
    return row[rank < TRIED].astype(np.int64), number[wording].astype(np.int64)


def everywhere(corpus: Corpus, begin: I64, end: I64, head: int) -> tuple[I64, I64, I64, I64]:
    """Find where the wordings `begin:end` of the corpus, of at least `head` words each, stand in any document.

    Returns (int64) for each row of `begin` the number of its wording, or -1 where it was not looked for: of those that
    begin with the same `head` words the `TRIED` shortest are. And for each place: wording, document, first word.
    Places of one wording do not overlap. Time is linear in the words of the corpus, whatever they are, and memory is
    8 bytes a word.
    """
    if not len(begin):
        none = np.empty(0, np.int64)
        return none, none, none, none
    base = content_key(corpus.word) | 5
    rolling = np.empty(len(corpus.word) + 1, np.uint64)
    powers = np.empty(int((end - begin).max()) + 1, np.uint64)
    _rolling(corpus.word, base, rolling)
    _powers(base, powers)
    chosen, number = _distinct(rolling, powers, begin, end, head)
    begin, end = begin[chosen], end[chosen]
    first = np.full(1 << int(2 * len(begin)).bit_length(), -1, np.int64)
    keys = np.zeros(len(first), np.uint64)
    following = np.empty(len(begin), np.int64)
    _lists(rolling, powers, begin, head, keys, first, following)
    out = np.empty((3, 32 * len(begin) + 1024), np.int64)
    while True:
        n = _stand(
            corpus.word, corpus.offsets, rolling, powers, begin, end, head, keys, first, following,
            np.zeros(len(begin), np.int64), out,
        )  # fmt: skip
        if n <= out.shape[1]:
            return number, out[0, :n], out[1, :n], out[2, :n]
        out = np.empty((3, n), np.int64)
