from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.x_drop import BAND, REACH, extension


def slow_extension(a: list[int], b: list[int]) -> int:
    """The same extension without band or giving up: the first best end, rows first."""
    best, at = 0, 0
    above = [-j for j in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [-i]
        for j, y in enumerate(b, 1):
            row.append(max(above[j] - 1, row[j - 1] - 1, above[j - 1] + (2 if x == y else -1)))
        for j, score in enumerate(row):
            if score > best:
                best, at = score, j
        above = row
    return at


@given(st.lists(st.integers(0, 3), max_size=8), st.lists(st.integers(0, 3), max_size=8))
@settings(max_examples=200, deadline=None)
def test_an_extension_over_short_stretches_is_the_best_of_all(a: list[int], b: list[int]) -> None:
    # Seven words cost no more than what the search gives up at, so nothing is cut off.
    x, y = np.array([9, *a, 9], np.uint32), np.array([8, *b, 8], np.uint32)
    expected = slow_extension(a[:7], b[:7])
    a, b = a[:7], b[:7]
    assert extension(x, 1, 1 + len(a), y, 1, 1 + len(b), 1)[1] == expected
    back_x, back_y = x[::-1].copy(), y[::-1].copy()
    n, k = len(x) - 2, len(y) - 2
    assert extension(back_x, n, n - len(a), back_y, k, k - len(b), -1)[1] == expected


def test_an_extension_goes_over_small_edits_and_stops_at_other_text() -> None:
    a = np.arange(40, dtype=np.uint32)
    replaced = a.copy()
    replaced[5] = 99
    inserted = np.insert(a, 5, [97, 98]).astype(np.uint32)
    deleted = np.delete(a, [5, 6])
    other = np.concatenate([a[:10], np.arange(100, 140, dtype=np.uint32)])
    assert extension(a, 0, 40, replaced, 0, 40, 1)[1] == 40
    assert extension(a, 0, 40, inserted, 0, 42, 1)[1] == 42
    assert extension(a, 0, 40, deleted, 0, 38, 1)[1] == 38
    assert extension(a, 0, 40, other, 0, 50, 1)[1] == 10
    assert extension(a, 39, -1, inserted, 41, -1, -1)[1] == 42


def test_an_extension_keeps_to_its_bounds() -> None:
    a = np.zeros(1000, np.uint32)
    assert extension(a, 0, 1000, a, 0, 1000, 1)[1] == REACH
    assert extension(a, 0, 0, a, 0, 10, 1)[1] == 0
    assert extension(a, 0, 10, a, 5, 5, 1)[1] == 0
    assert 0 < extension(a, 0, 3, a, 0, 1000, 1)[1] <= 3 + BAND
    assert extension(a, 999, -1, a, 2, -1, -1)[1] == 3
