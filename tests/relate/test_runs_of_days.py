"""Blocks of time that are as narrow as the runs of days that sources keep to."""

from __future__ import annotations

import numpy as np
import pytest

from inchorus.relate.runs_of_days import DAY, KEEPS, blocks, runs
from inchorus.relate.strata import by_number


def _units(days: int, a_day: int, shift: int) -> tuple[np.ndarray, np.ndarray]:
    """Units of forty sources of which the half is there for `shift` days, then the other half; 0 for all."""
    chance = np.random.default_rng(7)
    day = np.repeat(np.arange(days), a_day)
    source = chance.integers(0, 40, len(day))
    if shift:
        source = source // 2 * 2 + day // shift % 2
    return day * DAY + chance.uniform(0, DAY, len(day)), source.astype(np.int32)


@pytest.mark.parametrize("shift", [3, 5, 7])
def test_shifts_make_narrow_blocks(shift: int) -> None:
    time, source = _units(120, 12, shift)
    order = np.argsort(time)
    time, source = time[order], source[order]
    everybody = np.ones(len(time), bool)
    wide, narrow = by_number(time, everybody).stratum, blocks(time, everybody, source).stratum
    assert narrow.max() > 2 * wide.max()
    assert runs(time, source, wide) > KEEPS


def test_who_comes_on_any_day_is_compared_in_wide_blocks() -> None:
    time, source = _units(120, 12, 0)
    order = np.argsort(time)
    time, source = time[order], source[order]
    everybody = np.ones(len(time), bool)
    assert (blocks(time, everybody, source).stratum == by_number(time, everybody).stratum).all()


def test_bursts_of_one_day_are_no_run_of_days() -> None:
    time, source = _units(60, 10, 0)
    again = np.repeat(np.arange(len(time)), 4)
    time, source = np.sort(time[again]), source[again]
    assert runs(time, source, by_number(time, np.ones(len(time), bool)).stratum) < KEEPS


def test_too_few_units_tell_nothing() -> None:
    none = np.zeros(0, np.int32)
    assert runs(np.zeros(0), none, none) == 0.0
    assert runs(np.array([0.0, DAY]), np.zeros(2, np.int32), np.zeros(2, np.int32)) == 0.0
