"""Which passages may be the first of their talking point: a claim that the times must bear out."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U32
from inchorus.words.corpus import NEVER


def first_passages(family: I64, document: U32, earliest: I64, latest: I64, families: int) -> BOOL:
    """Mark the passages that no other passage of their family surely precedes.

    A document with a time of some precision appeared at a moment of a half-open span: a day, a
    minute, a second. One precedes another surely if its span ends before the other's begins. Passages
    without a time are never first.

    >>> day = 86_400_000_000
    >>> times = np.array([0, day // 2, day, NEVER])
    >>> ends = np.array([day, day // 2 + 1_000_000, 2 * day, NEVER])
    >>> first_passages(np.zeros(4, np.int64), np.arange(4, dtype=np.uint32), times, ends, 1).tolist()
    [True, True, False, False]
    """
    first_end = np.full(families, NEVER)
    np.minimum.at(first_end, family, latest[document])
    return np.asarray((earliest[document] != NEVER) & (earliest[document] < first_end[family]))
