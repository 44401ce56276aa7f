"""Alignment of two wordings: how much they share, and where a passage ends."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import I64, U32, U64, kernel
from inchorus.sorting import rising

REACH = 128  # words that an end may move
BAND = 12  # words by which an end may drift while it moves
GIVE_UP = 8  # score below the best at which the search for an end stops


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


@kernel
def reach(canonical: U32, k: int, k_stop: int, text: U32, t: int, t_stop: int, step: int) -> tuple[int, int]:
    """How far two wordings go on together past an aligned place: words of `canonical`, words of `text`.

    Goes from `canonical[k]` and `text[t]` in steps of `step` (1 or -1) up to, not including,
    `k_stop` and `t_stop`. Banded extension: a word that agrees scores 2, any edit -1; the end is
    where the score is highest (X-drop, Altschul et al. 1997).
    """
    rows = min(abs(k_stop - k), REACH)
    columns = min(abs(t_stop - t), rows + BAND)
    if rows <= 0 or columns <= 0:
        return 0, 0
    low = -1_000_000
    previous = np.full(columns + 2, low)
    current = np.full(columns + 2, low)
    for j in range(min(columns, BAND) + 1):
        previous[j] = -j
    best = 0
    best_i, best_j = 0, 0
    for i in range(1, rows + 1):
        word = canonical[k + (i - 1) * step]
        lo = max(0, i - BAND)
        hi = min(columns, i + BAND)
        row_best = low
        if lo > 0:
            current[lo - 1] = low
        for j in range(lo, hi + 1):
            score = previous[j] - 1
            if j > 0:
                diagonal = previous[j - 1] + (2 if text[t + (j - 1) * step] == word else -1)
                score = max(score, diagonal, (current[j - 1] if j > lo else low) - 1)
            current[j] = score
            row_best = max(row_best, score)
            if score > best:
                best = score
                best_i, best_j = i, j
        current[hi + 1] = low
        if row_best < best - GIVE_UP:
            break
        previous, current = current, previous
    return best_i, best_j


@kernel
def local(canonical: U32, text: U32) -> tuple[int, int]:
    """The span of `text` that aligns best with `canonical` (Smith and Waterman 1981).

    A word that agrees scores 2, any edit -1.
    """
    m = len(canonical)
    score = np.zeros(m + 1, np.int32)
    begin = np.zeros(m + 1, np.int32)
    best, best_begin, best_end = np.int32(0), np.int32(0), 0
    for j in range(len(text)):
        diagonal, diagonal_begin = np.int32(0), np.int32(j)
        for i in range(1, m + 1):
            up, up_begin = score[i], begin[i]
            here = diagonal + (2 if canonical[i - 1] == text[j] else -1)
            here_begin = diagonal_begin
            if up - 1 > here:
                here, here_begin = up - 1, up_begin
            if score[i - 1] - 1 > here:
                here, here_begin = score[i - 1] - 1, begin[i - 1]
            if here <= 0:
                here, here_begin = np.int32(0), np.int32(j + 1)
            diagonal, diagonal_begin = up, up_begin if up > 0 else np.int32(j)
            score[i], begin[i] = here, here_begin
            if here > best:
                best, best_begin, best_end = here, here_begin, j + 1
    return int(best_begin), best_end
