from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.trace.first import first_passages
from inchorus.words.corpus import NEVER

spans = st.lists(
    st.tuples(st.integers(0, 2), st.none() | st.tuples(st.integers(0, 12), st.sampled_from([1, 3, 8]))), max_size=14
)


@given(spans)
@settings(max_examples=200, deadline=None)
def test_first_is_whom_nobody_surely_precedes(rows: list[tuple[int, tuple[int, int] | None]]) -> None:
    family = np.array([f for f, _ in rows], np.int64)
    earliest = np.array([NEVER if t is None else t[0] for _, t in rows], np.int64)
    latest = np.array([NEVER if t is None else t[0] + t[1] for _, t in rows], np.int64)
    document = np.arange(len(rows), dtype=np.uint32)[::-1].copy()
    got = first_passages(family, document, earliest[::-1].copy(), latest[::-1].copy(), 3)
    for i, (f, t) in enumerate(rows):
        expected = t is not None and not any(other == f and u is not None and u[0] + u[1] <= t[0] for other, u in rows)
        assert got[i] == expected
    for f in range(3):
        timed = [i for i, (g, t) in enumerate(rows) if g == f and t is not None]
        assert bool(timed) == any(got[i] for i in timed)
