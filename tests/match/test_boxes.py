from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.boxes import BLOCK, apart, listed, near, overlap

WORDS = 5 * BLOCK
span = st.tuples(st.integers(0, WORDS - 1), st.integers(1, 2 * BLOCK)).map(lambda s: (s[0], min(WORDS, sum(s))))
boxes = st.lists(st.tuples(span, span).map(lambda b: (*b[0], *b[1])), min_size=1, max_size=40)


@settings(deadline=None)  # the first example compiles
@given(boxes)
def test_what_stays_overlaps_nothing_that_stays(found: list[tuple[int, int, int, int]]) -> None:
    table = np.array(found, np.int64)
    kept: list[int] = []
    for i in range(len(table)):
        if not any(overlap(table[i], table[k]) for k in kept):
            kept.append(i)
    assert apart(table, WORDS, WORDS).tolist() == kept


@given(boxes)
def test_all_that_overlap_are_near(found: list[tuple[int, int, int, int]]) -> None:
    table = np.array(found, np.int64)
    lists = (*listed(table, 0, WORDS), *listed(table, 2, WORDS))
    for box in table:
        assert {k for k in range(len(table)) if overlap(box, table[k])} <= set(near(box, *lists).tolist())


def test_one_sentence_that_stands_in_another_text_again_and_again_is_looked_up_there() -> None:
    table = np.array([(0, 20, 40 * i, 40 * i + 20) for i in range(1000)], np.int64)
    lists = (*listed(table, 0, 64), *listed(table, 2, 40_000))
    assert sum(len(near(box, *lists)) for box in table) < 6 * len(table)
