"""Texts of several arrays, gathered in one copy."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.gathered import gathered_texts

TEXTS = st.none() | st.text(max_size=30) | st.sampled_from(["", "twelve bytes", "thirteen byte", "é" * 6, "é" * 7])


@given(st.data())
def test_it_is_what_taking_and_joining_gives(data: st.DataObject) -> None:
    said = data.draw(st.lists(st.lists(TEXTS, min_size=1, max_size=6), min_size=1, max_size=4))
    skipped = data.draw(st.integers(0, 2))
    columns = [pa.array([*["before"] * skipped, *texts], pa.large_string())[skipped:] for texts in said]
    rows = [np.array(data.draw(st.lists(st.integers(0, len(t) - 1), max_size=6)), np.int64) for t in said]
    order = np.array(data.draw(st.permutations(range(sum(map(len, rows))))), np.int64)
    cuts = np.split(order, np.cumsum([len(r) for r in rows])[:-1])
    found = gathered_texts(columns, list(zip(cuts, rows, strict=True)), pa.string())
    expected: list[str | None] = [None] * len(order)
    for texts, places, at in zip(said, cuts, rows, strict=True):
        for place, i in zip(places.tolist(), at.tolist(), strict=True):
            expected[place] = texts[i]
    assert found is not None
    found.validate(full=True)
    assert (found.type, found.to_pylist()) == (pa.string(), expected)


def test_what_is_no_text_is_left_to_others() -> None:
    pieces = [(np.array([0]), np.array([0]))]
    assert gathered_texts([pa.array([1])], pieces, pa.string()) is None
    assert gathered_texts([pa.array(["a"])], pieces, pa.string()) is None
