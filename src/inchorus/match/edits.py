"""Word-level edits that lead from one wording to another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U8, U32, kernel
from inchorus.match.anchored import LONG, kept_words

KEEP, REPLACE, INSERT, DELETE = 0, 1, 2, 3
OPERATIONS = ("keep", "replace", "insert", "delete")


class Edits(NamedTuple):
    """Runs of equal or edited words, for each variant `offsets[v]:offsets[v + 1]`.

    op (uint8, index into `OPERATIONS`); from_begin, from_end, to_begin, to_end (int64): words of the
    corpus, in the canonical passage and in the variant's.
    """

    offsets: I64
    op: U8
    from_begin: I64
    from_end: I64
    to_begin: I64
    to_end: I64


@kernel
def _emit(out: I64, n: int, op: int, i0: int, i1: int, j0: int, j1: int) -> int:
    if i0 == i1 and j0 == j1:
        return n
    if out.shape[1] > n:
        out[0, n], out[1, n], out[2, n], out[3, n], out[4, n] = op, i0, i1, j0, j1
    return n + 1


@kernel
def _cut_first(kept: I64, canonical: U32, words: U32) -> None:
    """Where the first words in common might as well be later ones, take these: what stands before them is cut off.

    "The mayor denied that the council" lacks "The mayor denied that" of "The council", and not "mayor denied that the".
    """
    m, size = len(canonical), len(words)
    r = 0
    while r < min(m, size) and kept[r] == r:
        r += 1
    if r == 0 or r == size:
        return
    j = r
    while j < size and kept[j] < 0:
        j += 1
    if j == size or (j > r and kept[j] > r):
        return
    d = j - r if j > r else kept[j] - r
    for k in range(r):
        if (words[d + k] != words[k]) if j > r else (canonical[d + k] != canonical[k]):
            return
    if j == r:
        for k in range(r):
            kept[k] = d + k
        return
    for k in range(r):
        kept[k] = -1
    for k in range(r):
        kept[d + k] = k


@kernel
def _all_edits(
    word: U32, from_begin: I64, from_end: I64, begin: I64, end: I64, offsets: I64, first: int, out: I64
) -> int:
    """Fill as many variants from `first` on as `out` has room for; return the next one, `offsets` says its need."""
    n = offsets[first]
    for v in range(first, len(begin)):
        canonical, words = word[from_begin[v] : from_end[v]], word[begin[v] : end[v]]
        m, size = len(canonical), len(words)
        kept = kept_words(canonical, words, int(np.int64(LONG)))
        _cut_first(kept, canonical, words)
        # Numbers that are not written out have one `_emit` compiled for all calls.
        keep, i, r = int(np.int64(KEEP)), int(np.int64(0)), int(np.int64(0))
        while r < min(m, size) and kept[r] == r:
            r += 1
        after = _emit(out, n, keep, i, r, i, r)
        i = r
        while i < m or r < size:
            j = r
            while j < size and kept[j] < 0:
                j += 1
            to = kept[j] if j < size else m
            op = int(np.int64(REPLACE if to > i and j > r else (INSERT if j > r else DELETE)))
            after = _emit(out, after, op, i, to, r, j)
            i, r = to, j
            while r < size and kept[r] == i:
                i += 1
                r += 1
            after = _emit(out, after, keep, to, i, j, r)
        offsets[v + 1] = after
        if after > out.shape[1]:
            return v
        for k in range(n, after):
            out[1, k] += from_begin[v]
            out[2, k] += from_begin[v]
            out[3, k] += begin[v]
            out[4, k] += begin[v]
        n = after
    return len(begin)


def edits(word: U32, from_begin: I64, from_end: I64, begin: I64, end: I64) -> Edits:
    """Word-level edits from each canonical span to its variant's span, keeping a longest common subsequence.

    Between anchors where both are longer than `LONG` (see `kept_words`). The runs of a variant cover both
    wordings from end to end.
    """
    offsets = np.zeros(len(begin) + 1, np.int64)
    out = np.empty((5, 4 * len(begin) + 1024), np.int64)
    done = 0
    while (done := _all_edits(word, from_begin, from_end, begin, end, offsets, done, out)) < len(begin):
        out = np.concatenate([out, np.empty((5, max(out.shape[1], int(offsets[done + 1]))), np.int64)], axis=1)
    out = out[:, : offsets[-1]]
    return Edits(offsets, out[0].astype(np.uint8), out[1], out[2], out[3], out[4])
