"""Blocks of time as narrow as the runs of days that sources keep to: shifts, holidays, weeks on and weeks off.

A block of time says who was there. Sources that are there for five days and off for the next five are all there in a
block of ten, and those of one shift seem to share more than their presence gives.
"""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.relate.sorted_arrays import distinct
from inchorus.relate.strata import CROWDED, Strata, by_number

DAY = 86_400.0
# 0.8 to 1.1 in corpora whose sources come on any day, 1.2 to 1.5 in shifts of five days (docs/decisions/055).
KEEPS = 1.2
TELLS = 200
FEWEST = 18  # units of a block: with fewer a group of five is most of those who are there


def blocks(time: F64, telling: BOOL, source: I32) -> Strata:
    """Blocks of `CROWDED` units, or of half as many and so on, until sources keep to no runs of days inside them.

    `time` (seconds), `telling` and `source` are by unit, see `strata.by_number`.

    >>> day = np.arange(3000) // 30
    >>> shifts = blocks(day * DAY, np.ones(3000, bool), (np.arange(3000) % 30 + 30 * (day // 4 % 2)).astype(np.int32))
    >>> any_day = blocks(day * DAY, np.ones(3000, bool), (np.arange(3000) % 30).astype(np.int32))
    >>> len(set(shifts.stratum.tolist())), len(set(any_day.stratum.tolist()))
    (33, 20)
    """
    least = CROWDED
    found = by_number(time, telling, least)
    while least // 2 >= FEWEST and runs(time, source, found.stratum) >= KEEPS:
        least //= 2
        found = by_number(time, telling, least)
    return found


def runs(time: F64, source: I32, block: I32) -> float:
    """How many times as often what one source does on two days of a block is of adjacent days as what any sources do.

    0 where fewer than 200 such pairs tell.
    """
    day = (time // DAY).astype(np.int64)
    day -= day.min(initial=0)
    of = np.zeros(len(day), np.int64)
    own, own_beside = _on_two_days(block, source.astype(np.int64), day)
    all_, all_beside = _on_two_days(block, of, day)
    given = float((own * all_beside / np.maximum(all_, 1.0)).sum())
    return float(own_beside.sum()) / given if own.sum() >= TELLS and given else 0.0


def _on_two_days(block: I32, who: I64, day: I64) -> tuple[F64, F64]:
    """By block, the pairs of units of one of `who` on two days, and those of them on adjacent ones."""
    n_blocks, n_days = int(block.max(initial=0)) + 1, int(day.max(initial=0)) + 2
    # A day more than there are, so that the last of one is not beside the first of the next.
    whose = block.astype(np.int64) * (int(who.max(initial=0)) + 1) + who
    keys = np.sort(whose * n_days + day)
    kept = distinct(keys)
    count = np.diff(np.append(np.searchsorted(keys, kept), len(keys))).astype(np.float64)
    one = kept // n_days
    several = np.bincount(np.searchsorted(distinct(one), one), count)
    of_several = distinct(one) // (int(who.max(initial=0)) + 1)
    of = one // (int(who.max(initial=0)) + 1)
    pairs = np.bincount(of_several, several**2, n_blocks) - np.bincount(of, count**2, n_blocks)
    follows = np.flatnonzero(kept[1:] == kept[:-1] + 1)
    beside = np.bincount(of[follows], count[follows] * count[follows + 1], n_blocks)
    return np.asarray(pairs / 2), np.asarray(beside)
