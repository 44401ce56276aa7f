"""Where documents run through shared wording: stretches, cut wherever any two of their users part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel


class Visits(NamedTuple):
    """Pieces of documents between places where some user of the words goes on, or came, another way.

    One entry a piece, in the order of the corpus. symbol (uint32): equal where the pieces have the same words.
    word (int64): the word of the corpus where the piece begins. document (uint32). stop (int64): the piece after the
    last one of its stretch. A stretch is a maximal run of shared n-grams of one document; its last words are those
    before `last`, one entry a piece. Two documents share a run of words from `word[i]` and `word[j]` on as long
    as their symbols agree, and no longer.
    """

    symbol: U32
    word: I64
    document: U32
    stop: I64
    last: I64


NO_VISITS = Visits(
    np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.int64)
)


@kernel
def _branches(gram: U32, offsets: I64, after: U32, before: U32) -> None:
    """The one n-gram that follows, and the one that precedes, each n-gram wherever it stands; or none."""
    none = np.uint32(0xFFFFFFFF)
    unseen = np.uint32(0xFFFFFFFE)
    for d in range(len(offsets) - 1):
        previous = none
        for p in range(offsets[d], offsets[d + 1]):
            a = gram[p]
            if a != none:
                b = gram[p + 1] if p + 1 < offsets[d + 1] else none
                after[a] = b if after[a] == unseen or after[a] == b else none
                before[a] = previous if before[a] == unseen or before[a] == previous else none
            previous = a


@kernel
def _visits(
    gram: U32, offsets: I64, after: U32, before: U32, least: int, size: int,
    symbol: U32, word: I64, document: U32, stop: I64, last: I64,
) -> int:  # fmt: skip
    """Write the pieces of stretches of at least `least` n-grams of `size` words; with empty `symbol`, count them."""
    none = np.uint32(0xFFFFFFFF)
    n = 0
    for d in range(len(offsets) - 1):
        p = offsets[d]
        while p < offsets[d + 1]:
            if gram[p] == none:
                p += 1
                continue
            q = p
            while q < offsets[d + 1] and gram[q] != none:
                q += 1
            if q - p >= least:
                first = n
                for k in range(p, q):
                    if k == p or after[gram[k - 1]] != gram[k] or before[gram[k]] != gram[k - 1]:
                        if len(symbol):
                            symbol[n] = gram[k]
                            word[n] = k
                            document[n] = d
                        n += 1
                if len(symbol):
                    stop[first:n] = n
                    last[first:n] = q + size - 1
            p = q
    return n


def visits(gram: U32, n: int, offsets: I64, size: int, min_words: int) -> Visits:
    """Cut the stretches of `min_words` words or more of `n` shared n-grams (see `shared_grams`) of `size` words."""
    after, before = np.full(n, 0xFFFFFFFE, np.uint32), np.full(n, 0xFFFFFFFE, np.uint32)
    _branches(gram, offsets, after, before)
    given = gram, offsets, after, before, min_words - size + 1, size
    none = np.empty(0, np.uint32), np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.int64)
    count = _visits(*given, *none, np.empty(0, np.int64))
    out = Visits(
        np.empty(count, np.uint32),
        np.empty(count, np.int64),
        np.empty(count, np.uint32),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
    )
    if count:
        _visits(*given, *out)
    return out
