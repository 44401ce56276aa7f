"""How many sets of sources could have come together: those of one part that were there at one time for long enough."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inchorus.relate.possible_sets import Possible, parts, together

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda x: (min(x), max(x))), max_size=9)


@given(SPANS, st.integers(0, 12), st.integers(2, 4))
def test_sets_are_counted_as_by_hand(spans: list[tuple[int, int]], needed: int, size: int) -> None:
    by_hand = sum(
        min(last for _, last in chosen) - max(first for first, _ in chosen) >= needed
        for chosen in combinations(spans, size)
    )
    first, last = np.array(spans, np.int64).reshape(-1, 2).T
    assert together(first, last, needed, size) == by_hand


def test_parts_are_bound_by_strata() -> None:
    source = np.array([0, 1, 1, 2, 3, 4], np.int32)
    stratum = np.array([0, 0, 1, 1, 2, 2], np.int32)
    assert len(set(parts(source, stratum, 5)[:3].tolist())) == 1
    assert len(set(parts(source, stratum, 5).tolist())) == 2


def test_a_set_across_parts_is_one_of_all() -> None:
    source = np.repeat(np.arange(8, dtype=np.int32), 2)
    time = np.tile(np.array([0, 100]), 8)
    known, able = np.ones(16, np.int64), np.ones(8, bool)
    possible = Possible(source, source // 4, time, known, able, 50)
    assert possible.tests(np.array([[0, 1, 2], [0, 1, 5]])).tolist() == [8.0, 56.0]


def test_who_is_never_there_together_is_no_test() -> None:
    source = np.repeat(np.arange(6, dtype=np.int32), 2)
    time = np.array([0, 10, 0, 10, 0, 10, 50, 60, 50, 60, 50, 60])
    known, able = np.ones(12, np.int64), np.array([True] * 5 + [False])
    possible = Possible(source, np.zeros(12, np.int32), time, known, able, 5)
    assert possible.tests(np.array([[0, 1, 2]])).tolist() == [1.0]
