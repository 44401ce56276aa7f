"""The longest common subsequence of two wordings, and words looked up by sorting."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, kernel
from inchorus.compiled.sorting import rising


@kernel
def match_table(canonical: U32) -> tuple[U32, U64]:
    """The distinct words of `canonical`, sorted, and for each the bits of the places where it stands."""
    order = in_order(canonical)
    rows = 0
    for k in range(len(order)):
        rows += k == 0 or canonical[order[k]] != canonical[order[k - 1]]
    distinct = np.empty(rows, np.uint32)
    table = np.zeros((rows, (len(canonical) + 63) // 64), np.uint64)
    row = -1
    for k in range(len(order)):
        i = order[k]
        if k == 0 or canonical[i] != canonical[order[k - 1]]:
            row += 1
            distinct[row] = canonical[i]
        table[row, i // 64] |= np.uint64(1) << np.uint64(i % 64)
    return distinct, table


@kernel
def in_order(words: U32) -> I64:
    """The places of `words` in the order of their numbers."""
    keys = np.empty(len(words), np.uint64)
    for i in range(len(words)):
        keys[i] = words[i]
    return rising(keys)


@kernel
def row_of(distinct: U32, word: int) -> int:
    """Where a word stands in `distinct`, or -1."""
    lo, hi = 0, len(distinct)
    while lo < hi:
        middle = (lo + hi) // 2
        if distinct[middle] < word:
            lo = middle + 1
        else:
            hi = middle
    return lo if lo < len(distinct) and distinct[lo] == word else -1


@kernel
def take_word(v: U64, places: U64) -> None:
    """Take one word into the state `v` of a longest common subsequence; `places` is its row of `match_table`.

    Bit i of `v` is 0 where the subsequence grows at word i of the canonical wording (Hyyrö 2004).
    """
    carry = np.uint64(0)
    for j in range(len(v)):
        u = v[j] & places[j]
        s = v[j] + u
        over = np.uint64(s < u)
        t = s + carry
        over |= np.uint64(t < s)
        v[j] = t | (v[j] - u)
        carry = over


@kernel
def lcs_length(distinct: U32, table: U64, m: int, words: U32) -> int:
    """Length of the longest common subsequence of a canonical wording of `m` words and `words`.

    Bit-parallel, exact (Hyyrö 2004): `m / 64` machine operations a word.
    """
    width = table.shape[1]
    one = np.uint64(1)
    v = np.full(width, np.uint64(0xFFFFFFFFFFFFFFFF))
    for word in words:
        row = row_of(distinct, word)
        if row >= 0:
            take_word(v, table[row])
    n = 0
    for i in range(m):
        if (v[i // 64] >> np.uint64(i % 64)) & one == 0:
            n += 1
    return n
