"""Local alignment: the part of a text that a wording aligns with best."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import U32, kernel


@kernel
def best_span(canonical: U32, text: U32) -> tuple[int, int]:
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
