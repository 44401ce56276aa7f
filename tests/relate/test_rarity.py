"""Wording that mostly stands in more popular wording is not rare."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inchorus.compiled.kernel import I64
from inchorus.relate.rarity import counted_sources

Passage = tuple[int, int, int, int]


def counted(passages: list[Passage], sources: int) -> Any:
    """Document d is of source d; passages are (talking point, document, begin, end)."""
    point, document, begin, end = np.array(passages, np.int64).T
    points = max(p[0] for p in passages) + 1
    return counted_sources(point, document, begin, end, np.arange(sources, dtype=np.int32), points).tolist()


def phrase(sources: int) -> list[Passage]:
    """A phrase of 60 characters that every source uses."""
    return [(0, d, 0, 60) for d in range(sources)]


def test_a_rare_continuation_of_a_popular_phrase_counts_as_the_phrase() -> None:
    assert counted([*phrase(9), (1, 2, 10, 80), (1, 5, 10, 80)], 9) == [9, 9]


def test_a_rare_line_that_begins_with_a_popular_phrase_stays_rare() -> None:
    assert counted([*phrase(9), (1, 2, 10, 180), (1, 5, 10, 180)], 9) == [9, 2]


def test_a_popular_phrase_inside_a_rare_text_stays_popular() -> None:
    assert counted([*phrase(9), (1, 2, 0, 4000), (1, 5, 0, 4000)], 9) == [9, 2]


def test_two_phrases_that_together_are_most_of_it_make_it_as_popular_as_the_rarer() -> None:
    rows = [*((0, d, 0, 40) for d in range(9)), *((1, d, 40, 80) for d in range(5)), (2, 0, 0, 82), (2, 1, 0, 82)]
    assert counted(rows, 9) == [9, 5, 5]


def test_nothing_is_counted_where_there_is_nothing() -> None:
    none: I64 = np.zeros(0, np.int64)
    assert counted_sources(none, none, none, none, np.zeros(3, np.int32), 2).tolist() == [0, 0]


passages = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 40), st.integers(1, 30)), min_size=1, max_size=40
)


@given(passages)
def test_a_wording_counts_for_its_own_sources_or_for_those_of_one_that_overlaps_it(rows: list[Passage]) -> None:
    rows = [(p, d, b, b + size) for p, d, b, size in rows]
    found = counted(rows, 7)
    own = [len({d for p, d, _, _ in rows if p == k}) for k in range(len(found))]
    for k, n in enumerate(found):
        beside = {
            own[q[0]]
            for p, q in itertools.product(rows, rows)
            if p[0] == k and p[1] == q[1] and p[2] < q[3] and q[2] < p[3]
        }
        assert n == own[k] or (n > own[k] and n in beside)
