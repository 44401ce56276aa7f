"""X-drop extension: where two wordings that agree at a place stop going on together."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U32, kernel

REACH = 128  # words that an end may move
BAND = 12  # words by which an end may drift while it moves
GIVE_UP = 8  # score below the best at which the search for an end stops


@kernel
def extension(canonical: U32, k: int, k_stop: int, text: U32, t: int, t_stop: int, step: int) -> tuple[int, int]:
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
