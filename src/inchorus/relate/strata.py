"""Strata of time: documents of one stratum may exchange their sources."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inchorus.compiled.kernel import BOOL, F64, I32, I64, kernel

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
FELLOWS = 10.0  # sources to exchange with: fewer tell hardly more than that two of them were there
LOCAL = ("week", "4 weeks", "quarter", "year")
MONDAY = 4 * 24 * HOUR  # 1970-01-05, so that weeks begin on Mondays
ALL = "all times together"


class Strata(NamedTuple):
    """A stratum for each document, from 0, and what their width is called.

    `fellows`, by document: the effective number of sources in its stratum, itself among them.
    """

    stratum: I32
    width: str
    fellows: F64 = np.zeros(0)


def choose(time: I64, known: I64, source: I32, width: str | None = None, part: I32 | None = None) -> Strata:
    """The narrowest strata in which there is still somebody to exchange with, in each `part` of the documents.

    `time` is in microseconds, `known` 1 where there is one; documents without a time are a stratum of their own, and
    documents of different parts are never in one. The effective number of sources of a set of documents is
    1 / sum of squared shares. The width is the least for which the median document's stratum has seven tenths of
    those that there are at its time, or ten if that is less, and seven tenths of what a wider stratum of the same
    sources would have: narrower strata would be filled by those who move together, and nobody would be left to
    compare them with. How many there are is counted locally, so that sources that come and go are
    compared with those of their time, never with the whole corpus. There are at most 400 strata of a part.

    >>> week = 7 * 24 * HOUR
    >>> time = np.repeat(np.arange(4) * week, 50)
    >>> choose(time, np.ones(200, np.int64), np.tile(np.arange(10, dtype=np.int32), 20)).width
    'hour'
    """
    out, used, widths = np.zeros(len(time), np.int32), 0, []
    for one in np.zeros(1, np.int64) if part is None else np.unique(part):
        rows = np.arange(len(time)) if part is None else np.flatnonzero(part == one)
        found = _of_part(time[rows], known[rows] > 0, source[rows], width)
        out[rows] = found.stratum + used
        used += int(found.stratum.max(initial=-1)) + 1
        widths.append((len(rows), found.width))
    return Strata(out, _called(widths), _effective(out, source)[out] if len(out) else np.zeros(0))


def _called(widths: list[tuple[int, str]]) -> str:
    """The name of the width that most documents have, and which others there are."""
    total: dict[str, int] = {}
    for n, name in widths:
        total[name] = total.get(name, 0) + n
    return " or ".join(sorted(total, key=lambda name: (-total[name], name))[:3])


def _of_part(time: I64, sure: BOOL, source: I32, width: str | None) -> Strata:
    if not sure.any():
        return Strata(np.zeros(len(time), np.int32), "no times")
    when, who = time[sure], source[sure]
    places = {name: (when - MONDAY) // WIDTHS[name] for name in WIDTHS if width in (None, name)}
    least = 0.0
    if width is None:
        whole = _effective(np.zeros(len(who), np.int64), who)[0]
        least = min(FELLOWS, ENOUGH * min([whole, *(_sources_there(places[name], who) for name in LOCAL)]))
    for name, place in places.items():
        values, stratum = np.unique(place, return_inverse=True)
        if width is not None or (len(values) <= MOST_STRATA and _peopled(stratum, who, least)):
            out = np.full(len(time), len(values), np.int32)
            out[sure] = stratum
            return Strata(out, name)
    return Strata(np.where(sure, 0, 1).astype(np.int32), ALL)


def _sources_there(place: I64, source: I32) -> float:
    """How many sources there are at a time: pairs of documents of one stratum over those of one source (Simpson)."""
    values, stratum = np.unique(place, return_inverse=True)
    pairs, same = _met(stratum, source, len(values))
    return float(pairs.sum() / same.sum()) if same.sum() else np.inf


def _peopled(stratum: I64, source: I32, least: float) -> bool:
    """Whether the median document's stratum has enough sources, and most of those that more documents would have."""
    effective = _effective(stratum, source)
    pairs, same = _met(stratum, source, len(effective))
    whole = _effective(np.zeros(len(source), np.int64), source)[0]
    there = np.minimum(np.divide(pairs, same, out=np.full(len(pairs), np.inf), where=same > 0), whole)
    has = float(np.median(effective[stratum]))
    return has >= least and has >= ENOUGH * float(np.median(there[stratum]))


def _met(stratum: I64, source: I32, strata: int) -> tuple[F64, F64]:
    """By stratum, the ordered pairs of its documents, and those of them that have one source."""
    n = np.bincount(stratum, minlength=strata).astype(np.float64)
    key, count = np.unique(stratum.astype(np.int64) * (int(source.max()) + 1) + source, return_counts=True)
    same = np.bincount(key // (int(source.max()) + 1), count * (count - 1.0), strata).astype(np.float64)
    return n * (n - 1.0), same


def _effective(stratum: npt.NDArray[np.integer[Any]], source: I32) -> F64:
    n_sources = int(source.max()) + 1
    key, count = np.unique(stratum.astype(np.int64) * n_sources + source, return_counts=True)
    where = key // n_sources
    total = np.bincount(where, weights=count.astype(np.float64))
    squares = np.bincount(where, weights=count.astype(np.float64) ** 2)
    return np.asarray(np.divide(total**2, squares, out=np.zeros(len(total)), where=squares > 0))


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
