from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.smith_waterman import best_span


def slow_local(canonical: list[int], text: list[int]) -> int:
    """The score of the best local alignment, by the textbook."""
    best, above = 0, [0] * (len(text) + 1)
    for x in canonical:
        row = [0]
        for j, y in enumerate(text):
            row.append(max(0, above[j] + (2 if x == y else -1), above[j + 1] - 1, row[j] - 1))
        best = max(best, *row)
        above = row
    return best


def slow_global(canonical: list[int], text: list[int]) -> int:
    """The score of the best alignment of all of `text` with any part of `canonical`, by the textbook."""
    row = [-j for j in range(len(text) + 1)]
    best = row[-1]
    for x in canonical:
        above, row = row, [0]
        for j, y in enumerate(text):
            row.append(max(above[j] + (2 if x == y else -1), above[j + 1] - 1, row[j] - 1))
        best = max(best, row[-1])
    return best


few = st.lists(st.integers(0, 4), max_size=12)


@given(few, few)
@settings(max_examples=400, deadline=None)
def test_the_span_that_aligns_best_is_that_of_the_textbook(a: list[int], b: list[int]) -> None:
    begin, end = best_span(np.array(a, np.uint32), np.array(b, np.uint32))
    assert 0 <= begin <= end <= len(b)
    score = slow_local(a, b) if a and b else 0
    assert (end > begin) == (score > 0)
    if score:
        assert slow_global(a, b[begin:end]) == score
        # Both its ends are words that the wording has.
        assert {b[begin], b[end - 1]} <= set(a)
