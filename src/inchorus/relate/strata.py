"""Strata of time: documents of one stratum may exchange their sources."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import BOOL, F64, I32, I64, kernel

HOUR = 3_600_000_000
WIDTHS = {
    "hour": HOUR,
    "6 hours": 6 * HOUR,
    "day": 24 * HOUR,
    "week": 168 * HOUR,
    "4 weeks": 672 * HOUR,
    "quarter": 2184 * HOUR,
    "year": 8766 * HOUR,
}
MOST_STRATA = 400
ENOUGH = 0.7
MONDAY = 4 * 24 * HOUR  # 1970-01-05, so that weeks begin on Mondays


class Strata(NamedTuple):
    """A stratum for each document, from 0, and what their width is called."""

    stratum: I32
    width: str


def choose(time: I64, known: I64, source: I32, width: str | None = None) -> Strata:
    """The narrowest strata in which there is still somebody to exchange with.

    `time` is in microseconds, `known` 1 where there is one; documents without a time are a stratum of
    their own. The effective number of sources of a set of documents is 1 / sum of squared shares. The
    width is the least for which the median document's stratum has seven tenths of the corpus's effective number
    of sources, and of which there are at most 400; else all documents are one stratum. Narrower strata
    would be filled by those who move together, and nobody would be left to compare them with.

    >>> week = 7 * 24 * HOUR
    >>> time = np.repeat(np.arange(4) * week, 50)
    >>> choose(time, np.ones(200, np.int64), np.tile(np.arange(10, dtype=np.int32), 20)).width
    'hour'
    """
    sure = known > 0
    one = np.where(sure, 0, 1).astype(np.int32)
    if not sure.any():
        return Strata(np.zeros(len(time), np.int32), "no times")
    whole = _effective(np.zeros(int(sure.sum()), np.int64), source[sure])[0]
    for name, length in WIDTHS.items():
        if width is not None and name != width:
            continue
        place = (time[sure] - MONDAY) // length
        values, stratum = np.unique(place, return_inverse=True)
        if width is None and len(values) > MOST_STRATA:
            continue
        if width is not None or np.median(_effective(stratum, source[sure])[stratum]) >= ENOUGH * whole:
            out = np.full(len(time), len(values), np.int32)
            out[sure] = stratum
            return Strata(out, name)
    return Strata(one, "all times together")


def _effective(stratum: I64, source: I32) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    n_sources = int(source.max()) + 1
    key, count = np.unique(stratum.astype(np.int64) * n_sources + source, return_counts=True)
    where = key // n_sources
    total = np.bincount(where, weights=count.astype(np.float64))
    squares = np.bincount(where, weights=count.astype(np.float64) ** 2)
    effective: np.ndarray[tuple[int], np.dtype[np.float64]] = total**2 / squares
    return effective


CROWDED = 150  # pairs are told apart from chance with so many; what is of one hour, the hours of the day tell


def by_number(time: F64, telling: BOOL, least: int = CROWDED) -> Strata:
    """Strata of about equal number: narrow where much happens, wide where little does.

    Each has `least` units and a two-hundredth of all, or of the `telling` ones, so that there are at most 400; what has
    one time is not parted. What happens in one hour is thus compared with that hour, if much does.

    >>> by_number(np.arange(6.0), np.ones(6, bool), 3).stratum.tolist()
    [0, 0, 0, 1, 1, 1]
    """
    order = np.argsort(time, kind="stable")
    out = np.zeros(len(time), np.int32)
    half = MOST_STRATA // 2
    parts = _parts(time[order], telling[order], least, len(time) / half, max(1.0, telling.sum() / half), out)
    out[order] = out.copy()
    return Strata(out, f"{parts:,} of equal number")


@kernel
def _parts(time: F64, telling: BOOL, least: int, units: float, told: float, out: I32) -> int:
    part = 0
    size = 0
    seen = 0
    for i in range(len(time)):
        if size >= least and (size >= units or seen >= told) and time[i] > time[i - 1]:
            part += 1
            size = 0
            seen = 0
        out[i] = part
        size += 1
        seen += telling[i]
    # What is left at the end is too little to be compared with itself.
    if part > 0 and size < least:
        for i in range(len(time)):
            if out[i] == part:
                out[i] = part - 1
        part -= 1
    return part + 1
