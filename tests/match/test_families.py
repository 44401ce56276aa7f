"""Talking points that lie on one chain."""

from __future__ import annotations

import inchorus
from inchorus.simulate import Simulation, simulate_with_truth
from inchorus.simulate.recovered import compare


def test_two_lines_that_go_into_the_same_documents_are_both_found() -> None:
    # In this corpus two lines of a group stand so near each other in a document that both are on one chain.
    options = Simulation(documents=120, sources=20, lines=0, groups=3, edits="light", boilerplate=False, seed=21)
    documents, planted = simulate_with_truth(options)
    study = inchorus.find(documents)
    found = compare(planted, study.talking_points.arrow(), study.passages.arrow()).all
    assert (found.recall, found.precision) == (1.0, 1.0)
