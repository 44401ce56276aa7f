"""How often two sources are near one another without sharing anything, beside what their presence gives.

Presence knows blocks of time and hours of the day. Who uploads all of a week at one moment, or posts by a clock, is
beside another with that moment far more often than their hours say, and then shares within seconds what both have.
Their other documents show it: those that share nothing between the two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64, inline, kernel
from inchorus.relate.presence import HOUR, by_hour, hour_of_day, joined_cells, presence
from inchorus.relate.sorted_arrays import distinct, in_order

# How many windows apart is near: who passes on a thing does so sooner than clocks go off together (docs/decisions/060).
NEAR = 12.0
BELIEF = 1.0  # of so many meetings what presence gives is believed as much as what is seen
_DOUBT = 5.0  # of so many documents of an hour what the source does in all hours is believed as much


class Posted(NamedTuple):
    """Documents and what they share: `source` and `time` (seconds) by document, `dated` where the time is known.

    In parallel: `object`, `document`.
    """

    source: I32
    time: F64
    dated: BOOL
    object: I64
    document: I64


def nearness(posted: Posted, start: F64, told: I64, a: I64, b: I64, window: float) -> F64:
    """How many times as often as presence gives sources `a` and `b`, in parallel, are near without sharing; 1 at least.

    Near is 12 windows or less. What a source does within so long is one moment. With c moments of the one near one of
    the other, where presence gives e, it is (c + 1) / (e + 1). Documents with an object that the other has within the
    window, too, are left out, and moments of an hour in which a source rather repeats what it shared before, as who
    posts his own page every day at nine, count for as much less in c.

    `start` is when each block of time begins (seconds, rising); `told`, by source, is how many units told the test its
    hours, which are believed no more here than there, so that what the test could not know of them counts. Where 12
    windows are more than an hour it is 1: hours are what presence knows.

    >>> weekly = np.arange(40) * 7 * 86_400.0
    >>> rng, none = np.random.default_rng(0), np.zeros(0, np.int64)
    >>> time = np.concatenate([weekly, weekly + 9, *[weekly + rng.random(40) * 86_400 for _ in range(30)]])
    >>> p = Posted(np.repeat(np.arange(32), 40).astype(np.int32), time, np.ones(len(time), bool), none, none)
    >>> nearness(p, weekly[:1], np.full(32, 9), np.array([0, 2]), np.array([1, 3]), 60.0).round(1).tolist()
    [15.2, 1.0]
    """
    near = NEAR * window
    if near > HOUR or not len(a):
        return np.ones(len(a))
    n_sources = len(told)
    by = np.flatnonzero(posted.dated)
    by = by[in_order(posted.source[by], posted.time[by])]
    first = np.searchsorted(posted.source[by], np.arange(n_sources + 1)).astype(np.int64)
    time = np.ascontiguousarray(posted.time[by])
    had = _had(posted, by, n_sources)
    moments, new = np.zeros(len(by), bool), np.zeros(len(by), bool)
    _moments(first, time, _new(len(by), *had), near, moments, new)
    seen, left = np.zeros(len(a)), np.zeros((len(a), 2))
    fresh = _fresh(posted.source[by][moments], time[moments], new[moments], n_sources)
    _seen(a, b, first, time, hour_of_day(time), fresh, *had, window, near, seen, left)
    given = _given(posted.source[by][moments], time[moments], start, told, near, a, b)
    every = np.bincount(posted.source[by][moments], minlength=n_sources)
    given *= left[:, 0] * left[:, 1] / np.maximum(every[a] * every[b], 1)
    return np.maximum(1.0, (seen + BELIEF) / (given + BELIEF))


def _given(source: I32, time: F64, start: F64, told: I64, near: float, a: I64, b: I64) -> F64:
    """How many moments of `a` and `b` are near one another if all that are near are of any two that are there."""
    order = np.argsort(time, kind="stable")
    source, time = source[order], time[order]
    block = np.maximum(np.searchsorted(start, time, "right") - 1, 0).astype(np.int32)
    every = np.ones(len(time), bool)
    there = presence(source, time, block, np.full(len(time), -1, np.int64), every, len(told), told)
    one, two, times = by_runs(there.cell.astype(np.int64), time, near)
    meet = joined_cells(there, one, two, np.zeros(len(one), np.int32), times, a, b)
    return np.asarray(meet.sum(1))


def by_runs(cell: I64, time: F64, near: float) -> tuple[I64, I64, F64]:
    """How many moments follow others at most `near` later: the cell of these, their own, how many; `time` rises.

    Moments of one cell follow one another in runs, whose pairs are counted and not listed.

    >>> [x.tolist() for x in by_runs(np.array([7, 7, 7, 8]), np.array([0.0, 1.0, 2.0, 3.0]), 2.0)]
    [[7, 7, 8], [7, 8, 8], [3.0, 2.0, 0.0]]
    """
    new = np.append(True, cell[1:] != cell[:-1])
    run, begun = np.cumsum(new) - 1, np.append(np.flatnonzero(new), len(time))
    end = np.searchsorted(time, time + near, "right")
    reach = run[end[begun[1:] - 1] - 1] - np.arange(len(begun) - 1) + 1
    first = np.append(0, np.cumsum(reach))
    times = np.zeros(first[-1])
    _count(run, begun, end, first, times)
    one = np.repeat(np.arange(len(reach)), reach)
    other = one + np.arange(len(times)) - np.repeat(first[:-1], reach)
    return cell[begun[one]], cell[begun[other]], times


@kernel
def _count(run: I64, begun: I64, end: I64, first: I64, times: F64) -> None:
    """Add up how many moments of each run follow those of each up to their `end`; of run r from `first[r]` on."""
    for i in range(len(run)):
        j, of = i + 1, run[i]
        while j < end[i]:
            stop = min(end[i], begun[of + 1])
            times[first[run[i]] + of - run[i]] += stop - j
            j = stop
            of += 1


def _had(posted: Posted, by: I64, n_sources: int) -> tuple[I64, I64, I64]:
    """What each source has: from `first[s]` on the `object`s, rising, and the `place` among documents `by` source."""
    place = np.full(len(posted.source), -1, np.int64)
    place[by] = np.arange(len(by))
    at = place[posted.document]
    objects, at = posted.object[at >= 0], at[at >= 0]
    who = posted.source[by][at]
    order = in_order(who, objects, at)
    return np.searchsorted(who[order], np.arange(n_sources + 1)).astype(np.int64), objects[order], at[order]


def _new(documents: int, first: I64, had: I64, place: I64) -> BOOL:
    """Which documents do not only repeat what their source shared before; for the others see `_had`."""
    holds, anew = np.zeros(documents, bool), np.zeros(documents, bool)
    who = np.repeat(np.arange(len(first) - 1), np.diff(first))
    holds[place] = True
    begun = np.ones(len(had), bool)
    begun[1:] = (had[1:] != had[:-1]) | (who[1:] != who[:-1])
    anew[place[begun]] = True
    return np.asarray(anew | ~holds)


def _fresh(source: I32, time: F64, new: BOOL, n_sources: int) -> F64:
    """How much rather than in all hours a source's moments of each hold what is new, (sources, 24), 1 at most."""
    hour = hour_of_day(time)
    fresh, every = by_hour(source[new], hour[new], n_sources), by_hour(source, hour, n_sources)
    whole = fresh.sum(1, keepdims=True) / np.maximum(every.sum(1, keepdims=True), 1.0)
    part = (fresh + _DOUBT * whole) / (every + _DOUBT)
    return np.asarray(np.minimum(part / np.where(whole > 0, whole, 1.0), 1.0))


@kernel
def _moments(first: I64, time: F64, is_new: BOOL, near: float, moment: BOOL, new: BOOL) -> None:
    """Mark the first of what each source does within `near`, and whether anything of that is new.

    `time` rises from `first[s]` to the next.
    """
    for s in range(len(first) - 1):
        at = -1
        for i in range(first[s], first[s + 1]):
            if at < 0 or time[i] > time[at] + near:
                moment[i] = True
                at = i
            new[at] |= is_new[i]


@inline
def _mark(place: I64, i: int, k: int, j: int, m: int, time: F64, window: float, shares: BOOL) -> None:
    """Mark which of the places from i to k have one of those from j to m within the window; times rise in both."""
    low = j
    for e in range(i, k):
        while low < m and time[place[low]] < time[place[e]] - window:
            low += 1
        if low < m and time[place[low]] <= time[place[e]] + window:
            shares[place[e]] = True


@kernel
def _unshared(low: int, high: int, time: F64, near: float, shares: BOOL, out: I64) -> int:
    """Write the first document of each moment without sharing, and return how many; `shares` is cleared."""
    n = 0
    for i in range(low, high):
        if not shares[i] and (n == 0 or time[i] > time[out[n - 1]] + near):
            out[n] = i
            n += 1
        shares[i] = False
    return n


@kernel
def _seen(
    a: I64,
    b: I64,
    first: I64,
    time: F64,
    hour: I64,
    fresh: F64,
    first_had: I64,
    had: I64,
    place: I64,
    window: float,
    near: float,
    seen: F64,
    left: F64,
) -> None:
    """Write how many moments without sharing of each pair are near one another, and how many either has (`left`)."""
    shares = np.zeros(len(time), np.bool_)
    most = 0
    for s in range(len(first) - 1):
        most = max(most, first[s + 1] - first[s])
    one, two = np.empty(most, np.int64), np.empty(most, np.int64)
    for row in range(len(a)):
        x, y = a[row], b[row]
        i, j = first_had[x], first_had[y]
        while i < first_had[x + 1] and j < first_had[y + 1]:
            if had[i] < had[j]:
                i += 1
            elif had[j] < had[i]:
                j += 1
            else:
                thing = had[i]
                k, m = i, j
                while k < first_had[x + 1] and had[k] == thing:
                    k += 1
                while m < first_had[y + 1] and had[m] == thing:
                    m += 1
                _mark(place, i, k, j, m, time, window, shares)
                _mark(place, j, m, i, k, time, window, shares)
                i, j = k, m
        n_one = _unshared(first[x], first[x + 1], time, near, shares, one)
        n_two = _unshared(first[y], first[y + 1], time, near, shares, two)
        low = 0
        for k in range(n_one):
            i = one[k]
            while low < n_two and time[two[low]] < time[i] - near:
                low += 1
            m = low
            while m < n_two and time[two[m]] <= time[i] + near:
                seen[row] += fresh[x, hour[i]] * fresh[y, hour[two[m]]]
                m += 1
        left[row, 0] = n_one
        left[row, 1] = n_two


def begins(stratum: I32, time: F64) -> F64:
    """When each block of time begins, rising; `stratum` and `time` are by unit.

    >>> begins(np.array([1, 0, 1], np.int32), np.array([7.0, 2.0, 5.0])).tolist()
    [2.0, 5.0]
    """
    start = np.full(int(stratum.max(initial=-1)) + 1, np.inf)
    np.minimum.at(start, stratum, time)
    return distinct(start[np.isfinite(start)])
