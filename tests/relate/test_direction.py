"""Who leads: known answers, and mechanisms in which nobody does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from bench.innocent.direction import FOLLOWED, INNOCENT, counts
from inchorus.compiled.kernel import I64
from inchorus.relate.direction import Direction, Matched, When, directions, precision, surely_first
from relate.made import at_least

HOUR = 3_600_000_000
WEEK = 168 * HOUR


def judged(delays: list[float], unit: str = "second") -> Direction:
    """Lines in documents of one source and, so many hours later, of the other, a week apart; both publish daily."""
    n = len(delays)
    starts = np.arange(n) * WEEK + 9 * HOUR
    later = starts + (np.array(delays) * HOUR).astype(np.int64)
    daily = np.concatenate([np.arange(7 * n) * 24 * HOUR + h * HOUR for h in (7, 19)])
    time = np.concatenate([starts, later, daily, daily])
    source = np.repeat(np.array([0, 1, 0, 1], np.int32), [n, n, len(daily), len(daily)])
    documents = np.arange(n)
    matches = np.stack([documents, documents + n], axis=1)
    things: tuple[I64, I64] = (np.tile(documents, 2), np.arange(2 * n))
    when = When(source, time, np.ones(len(time), np.int64), precision(np.full(len(time), unit)))
    shared = Matched(matches, np.zeros(n, np.int64), np.array([0]), np.array([1]))
    return directions(shared, when, things, np.ones(1, bool))


VARIED = [0.5, 3, 7, 12, 20, 26, 31, 40, 44, 50, 1, 5]


def test_who_is_always_first_leads() -> None:
    found = judged(VARIED)
    assert (found.first_a[0], found.first_b[0], found.lead[0]) == (12, 0, 1)
    assert found.q[0] < 0.01
    assert judged([-d for d in VARIED]).lead[0] == -1


def test_half_and_half_leads_nobody() -> None:
    found = judged([d if i % 2 else -d for i, d in enumerate(VARIED)])
    assert (found.first_a[0], found.lead[0]) == (6, 0)


def test_times_that_do_not_tell_are_no_firsts() -> None:
    found = judged([h / 10 for h in VARIED], unit="day")
    assert (found.first_a[0], found.lead[0], found.q[0]) == (0, 0, 1.0)


def test_a_day_between_dates_may_be_a_stamp() -> None:
    found = judged([24.0, 25, 26, 27, 24, 25, 26, 24], unit="day")
    assert (found.first_a[0], found.lead[0]) == (8, 0)


def test_a_delay_that_never_changes_may_be_a_clock() -> None:
    assert judged([5.0 + i / 50 for i in range(12)]).lead[0] == 0
    assert judged([0.1 + i / 500 for i in range(12)]).lead[0] == 1


def test_repeats_of_one_day_are_one_occasion() -> None:
    found = judged(VARIED[:4])
    assert (found.first_a[0], found.lead[0], found.q[0]) == (4, 0, 1.0)


def test_of_two_spans_one_is_first_only_if_it_ends_before_the_other_begins() -> None:
    x, y = np.array([0, 0, 30]), np.array([10, 9, 0])
    assert surely_first(x, y, np.full(3, 10), np.full(3, 30)).tolist() == [1, 0, -1]


@given(st.integers(0, 12), st.floats(0.0, 1.0))
def test_equal_chances_are_binomial(k: int, chance: float) -> None:
    assert at_least(k, np.full(12, chance)) == pytest.approx(float(binom.sf(k - 1, 12, chance)), abs=1e-9)


@pytest.mark.parametrize("name", INNOCENT)
def test_nobody_leads_by_an_innocent_mechanism(name: str) -> None:
    some, _, _, pairs = counts(INNOCENT[name], corpora=3, first=900)
    assert pairs == 30
    assert some == 0


@pytest.mark.parametrize(("name", "least"), [(name, 0.3 if "twice" in name else 0.8) for name in FOLLOWED])
def test_who_is_followed_leads(name: str, least: float) -> None:
    _, named, right, pairs = counts(FOLLOWED[name], corpora=3, first=900)
    assert right >= least * pairs
    assert named == right
