"""Talking points that lie on one chain."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

import inchorus
from inchorus.match.families import _common
from inchorus.simulate import Simulation, simulate, truth
from inchorus.simulate.recovered import compare


def test_two_lines_that_go_into_the_same_documents_are_both_found() -> None:
    # In this corpus two lines of a group stand so near each other in a document that both are on one chain.
    options = Simulation(documents=120, sources=20, lines=0, groups=3, edits="light", boilerplate=False, seed=21)
    study = inchorus.find(pa.Table.from_batches(simulate(options)))
    found = compare(truth(options), study.talking_points.arrow(), study.passages.arrow()).all
    assert (found.recall, found.precision) == (1.0, 1.0)


SEGMENTS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=12)


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
    found = _common(0, len(one), len(one), len(one) + len(other), *columns, step)
    assert found == (expected, expected)
