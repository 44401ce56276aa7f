"""A canonical passage, as wide as most passages of its wording go on alike."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel
from inchorus.match.common_grams import common_gram
from inchorus.match.x_drop import extension

ASKED = 32  # passages that are asked how far a wording goes on


@kernel
def _ranked(values: I64, n: int, rank: int) -> int:
    """The value at `rank` of the first `n`, which are put in order; at most ASKED are soon in order by insertion."""
    for i in range(1, n):
        value = values[i]
        j = i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value
    return int(values[rank])


@kernel
def widened(
    word: U32, offsets: I64, document: U32, best: int, a: int, b: int, begin: I64, end: I64, first: I64, words: I64,
    places: U32, runs: U32, gram: int,
) -> tuple[int, int]:  # fmt: skip
    """The canonical passage, wider by what half of the others have too past its outermost n-grams.

    The first and last words of a wording may be edited in the passage that is otherwise the most complete.
    """
    left = np.zeros(min(b - a, ASKED), np.int64)
    right = np.zeros(min(b - a, ASKED), np.int64)
    # Numbers that are not written out have one `common_gram`, `extension` and `_ranked` compiled for all calls.
    asked, forward, back = int(np.int64(0)), int(np.int64(1)), int(np.int64(-1))
    c = document[best]
    # A text that says it again next to it says it twice, not at greater length.
    floor, ceiling = offsets[c], offsets[c + 1]
    if best > a and document[best - 1] == c:
        floor = min(end[best - 1], begin[best])
    if best + 1 < b and document[best + 1] == c:
        ceiling = max(begin[best + 1], end[best])
    for i in range(a, b):
        if i == best or asked == len(left):
            continue
        wl, kl = common_gram(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, forward)
        if wl < 0:
            continue
        wr, kr = common_gram(first[i], first[i + 1], first[best], first[best + 1], words, places, runs, back)
        d = document[i]
        on, _ = extension(word, kl - 1, floor - 1, word, wl - 1, offsets[d] - 1, back)
        left[asked] = on - (kl - begin[best])
        on, _ = extension(word, kr + gram, ceiling, word, wr + gram, offsets[d + 1], forward)
        right[asked] = on - (end[best] - kr - gram)
        asked += 1
    if asked == 0:
        return begin[best], end[best]
    # Of an even number the lower middle one: more than half must agree.
    middle = (asked - 1) // 2
    lead = max(0, _ranked(left, asked, middle))
    tail = max(0, _ranked(right, asked, middle))
    return begin[best] - lead, end[best] + tail
