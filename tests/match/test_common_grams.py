"""The n-grams that two occurrences share first and last."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.common_grams import common_gram

SEGMENTS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=12)


@settings(deadline=None)
@given(SEGMENTS, SEGMENTS, st.sampled_from([1, -1]))
def test_the_first_and_the_last_shared_n_gram_are_those_of_a_look_at_all(
    one: list[tuple[int, int]], other: list[tuple[int, int]], step: int
) -> None:
    places, runs, shared = [], [], []
    for segments in (one, other):
        at, held = 0, set()
        for gap, run in segments:
            places.append(at + gap)
            runs.append(run)
            held |= set(range(at + gap, at + gap + run))
            at += gap + run
        shared.append(held)
    columns = (np.array(places) + 100, np.array(places, np.uint32), np.array(runs, np.uint32))
    both = shared[0] & shared[1]
    expected = (min(both) if step > 0 else max(both)) + 100 if both else -1
    found = common_gram(0, len(one), len(one), len(one) + len(other), *columns, step)
    assert found == (expected, expected)
