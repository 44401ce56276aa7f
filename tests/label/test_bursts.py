from __future__ import annotations

import numpy as np

from inchorus.label.bursts import bursts
from label.test_recurrence import one_family
from match.planted import corpus_of

YEAR = [*range(0, 365, 5)]


def test_uses_near_another_sources_are_counted_against_the_activity_of_both() -> None:
    days = YEAR + YEAR
    corpus = corpus_of([(s, "word") for s in "a" * len(YEAR) + "b" * len(YEAR)], days)
    near = bursts(corpus, one_family([10, len(YEAR) + 10]))
    apart = bursts(corpus, one_family([10, len(YEAR) + 40]))
    # A fiftieth of 360 days: documents within 7 days, of 73 each, are at 3 places.
    assert (near.near[0], apart.near[0]) == (1, 0)
    assert np.isclose(near.usual_near[0], 3 / len(YEAR))
    assert (near.days[0], apart.days[0]) == (1, 2)


def test_a_source_that_writes_on_that_day_alone_cannot_but_be_near() -> None:
    corpus = corpus_of([("a", "word"), ("b", "word")], [100, 100])
    found = bursts(corpus, one_family([0, 1]))
    assert (found.near[0], found.usual_near[0]) == (1, 1)


def test_a_sources_own_repeats_are_no_burst_and_no_times_are_no_uses() -> None:
    corpus = corpus_of([(s, "word") for s in "aaab"], [5, 6, 300, None])
    found = bursts(corpus, one_family([0, 1, 2, 3]))
    assert (found.days[0], found.near[0], found.usual_near[0]) == (3, 0, 0)
    none = bursts(corpus_of([("a", "word"), ("b", "word")]), one_family([0, 1]))
    assert (none.days[0], none.near[0]) == (0, 0)


def test_a_date_that_is_centuries_off_makes_nothing_near() -> None:
    days = YEAR + YEAR
    rows = [(s, "word") for s in "a" * len(YEAR) + "b" * len(YEAR) + "c"]
    usual = bursts(corpus_of(rows[:-1], days), one_family([10, len(YEAR) + 12]))
    odd = bursts(corpus_of(rows, [*days, 900_000]), one_family([10, len(YEAR) + 12]))
    assert usual.near[0] == odd.near[0] == 0
