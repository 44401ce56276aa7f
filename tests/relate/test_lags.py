"""Publications around an occasion: which are asked about, and who is the earlier."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.relate.lags import MOST, apart, drawn, hours
from inchorus.relate.precedence import HOUR


@given(st.integers(0, 10**6), st.integers(0, 1000), st.integers(0, 2**31))
def test_so_many_rows_of_the_range_are_drawn_each_once(low: int, size: int, seed: int) -> None:
    rows = drawn(low, low + size, seed)
    assert len(rows) == min(size, MOST)
    assert (np.diff(rows) > 0).all()
    assert not len(rows) or (low <= rows[0] and rows[-1] < low + size)


@pytest.mark.parametrize("by", ["seeds", "places"])
def test_each_row_is_as_likely_as_any_other(by: str) -> None:
    n, size = 4000, 400
    counts = np.zeros(size)
    for k in range(n):
        counts[drawn(0, size, k) if by == "seeds" else drawn(k * 7, k * 7 + size, 0) - k * 7] += 1
    expected = n * MOST / size
    # Each count is binomial; the statistic has about as many degrees of freedom as rows, less what is fixed.
    chi2 = ((counts - expected) ** 2 / (expected * (1 - MOST / size))).sum()
    assert abs(chi2 - size) < 5 * np.sqrt(2 * size)


def test_nothing_of_one_hour_of_the_day_is_preferred() -> None:
    hour = np.concatenate([drawn(0, 2400, seed) % 24 for seed in range(200)])
    counts = np.bincount(hour, minlength=24)
    assert counts.min() > 0.9 * counts.mean()
    # One in 24, instead, would be of one hour.
    assert len(set((drawn(0, 2400, 0) % 24).tolist())) > 18


def test_the_earlier_is_told_from_what_is_about_as_far_apart() -> None:
    none = np.full(50, -1)
    stopped, began = np.arange(50), np.arange(100, 150)
    assert apart(stopped, began, none, none, 90) > 40
    assert apart(began, stopped, none, none, 90) < 1 / 40
    assert apart(stopped, stopped, none, none, 3) == 1


def test_what_has_a_line_of_both_is_left_out_while_there_is_other() -> None:
    a, b = np.arange(0, 100, 10), np.arange(1, 101, 10)
    line, none = np.arange(10), np.full(10, -1)
    assert apart(a, b, none, none, 1) == apart(a, b, none, line, 1)
    # All of it has one: then only two of the same are left out.
    left = apart(a, b, line, line, 1)
    assert left != apart(a, b, none, none, 1)
    assert apart(a, b, np.zeros(10, np.int64), np.zeros(10, np.int64), 1) == 1


def test_hours_in_which_something_was_published() -> None:
    time = np.array([0, 1, HOUR, 5 * HOUR, 5 * HOUR + 1], np.int64)
    assert (hours(time, 0, 5), hours(time, 1, 2), hours(time, 3, 3)) == (3, 1, 0)
