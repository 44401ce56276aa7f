"""How much occasion each pair of sources had to share anything: how much of either was published beside the other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate.direction import precision
from inchorus.relate.exchangeability_blocks import DAY, WEEK, declared_parts, languages, parts
from inchorus.relate.strata import MONDAY
from inchorus.study import Study

# How many times as much the pairs of one bin may have. Of days there are few in common, so that narrow bins would part
# pairs by chance. Calibrated in docs/decisions/032.
STEPS = {WEEK: 1.1, DAY: 1.5}
SPANS = (WEEK, 3 * DAY, DAY)
ENOUGH = 30  # pairs of a bin, however unlike: with fewer there is nothing to compare in a corpus of twenty sources
_SHIFTS = 4  # a window that moves by a quarter of its length: papers of every other week are not of one calendar week


class Opportunity(NamedTuple):
    """By pair of sources: `alike`, the same number for those that were there together as much, and how `much` that was.

    Rows of `much` are what is within a week, three days and a day.
    """

    alike: I64
    much: F64


def opportunities(study: Study, within: tuple[str, ...] = ()) -> Opportunity:
    """By pair, in the order of `numpy.triu_indices` of sources in order of their names: see `opportunity`.

    Only documents of one language, and of one value of the columns `within`, are beside one another.
    """
    table = study.documents.select("source, time, time_precision").arrow()
    names = table["source"].to_pylist()
    at = {name: i for i, name in enumerate(sorted(set(names)))}
    source = np.array([at[name] for name in names], np.int32)
    times = table["time"].combine_chunks().cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    known = times.is_valid().to_numpy(zero_copy_only=False).astype(np.int64)
    time = times.fill_null(0).to_numpy().astype(np.int64)
    exact = precision(np.array(table["time_precision"].to_pylist(), str)) < DAY
    part = parts(time, known, source, exact, declared_parts(study, within), languages(study)).part
    return opportunity(time, known, source, part, len(at))


def opportunity(time: I64, known: I64, source: I32, part: I32, n_sources: int) -> Opportunity:
    """How much occasion each pair had. Alike: as much within a week and a day, and days in common or none.

    >>> time = np.array([0, 0, 1, 2, 2, 3]) * DAY
    >>> every = np.ones(6, np.int64)
    >>> opportunity(time, every, np.array([0, 1, 2, 0, 1, 2], np.int32), np.zeros(6, np.int32), 3).alike.tolist()
    [1, 0, 0]
    """
    much = np.stack([_within(length, time, known, source, part, n_sources) for length in SPANS])
    number = (_on(DAY, 0, time, known, source, part, n_sources) > 0).astype(np.int64)
    for length, step in STEPS.items():
        inner = np.empty_like(number)
        for one in np.unique(number).tolist():
            rows = np.flatnonzero(number == one)
            inner[rows] = bins(much[SPANS.index(length)][rows], step)
        _, joint = np.unique(np.stack([number, inner]), axis=1, return_inverse=True)
        number = joint.reshape(-1).astype(np.int64)
    return Opportunity(number, much)


def _within(length: int, time: I64, known: I64, source: I32, part: I32, n_sources: int) -> F64:
    """See `beside`; the mean over calendars that begin at other times, so that what is nearer counts for more."""
    shifts = range(0, length, length // _SHIFTS)
    return np.asarray(sum(_on(length, shift, time, known, source, part, n_sources) for shift in shifts) / _SHIFTS)


def _on(length: int, shift: int, time: I64, known: I64, source: I32, part: I32, n_sources: int) -> F64:
    place = np.where(known > 0, (time - MONDAY + shift) // length, np.iinfo(np.int64).min)
    _, stratum = np.unique(np.stack([part, place]), axis=1, return_inverse=True)
    return beside(stratum.reshape(-1).astype(np.int32), source, n_sources)


def beside(stratum: I32, source: I32, n_sources: int) -> F64:
    """How many links of one stratum join each pair by chance, if each document has one: sum of n(a) n(b) / n.

    >>> beside(np.array([0, 0, 0, 1], np.int32), np.array([0, 1, 1, 2], np.int32), 3).round(2).tolist()
    [0.67, 0.0, 0.0]
    """
    n = np.bincount(stratum)
    has = csr_array((1 / np.sqrt(n[stratum]), (source, stratum)), shape=(n_sources, len(n)))
    both = (has @ has.T).toarray()
    return np.asarray(both[np.triu_indices(n_sources, 1)])


def bins(opportunity: F64, step: float, least: int = ENOUGH) -> I64:
    """A number for each pair, from 0; 0 is for those that have no opportunity at all.

    Others of one number differ by `step` at most, or are so near one another that there are no more than `least`.

    >>> bins(np.array([0.0, 1.0, 1.2, 40.0]), 1.5, 1).tolist()
    [0, 1, 1, 2]
    """
    rising = np.sort(opportunity[opportunity > 0])
    begins, at = [], 0
    while at < len(rising):
        begins.append(rising[at])
        end = max(int(np.searchsorted(rising, step * rising[at], "right")), at + least)
        end = len(rising) if len(rising) - end < least else end
        at = int(np.searchsorted(rising, rising[end - 1], "right"))
    return np.searchsorted(np.array(begins), opportunity, "right").astype(np.int64)
