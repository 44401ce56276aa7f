"""What decides who is first besides following: how often either prints a line, and when either publishes at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from inchorus.compiled.kernel import I64
from inchorus.relate.sorted_arrays import distinct, distinct_rows, in_order, steps

HOUR = 3_600_000_000
DAY = 24 * HOUR
WEEK = 7 * DAY
NEAR = 4 * WEEK  # around a line, publications are asked about; or four times its delay
MOST = 100  # publications of either source that are asked about
NEIGHBOURS = 40  # of their delays, those that are most like the one of the line
KEEPS = 0.2  # of 2: sources whose clocks, or days of the week, differ by so much do not keep the same hours
UNSURE = 1.5  # standard errors more


class Published(NamedTuple):
    """What the sources published: `first` (sources + 1) into `time` (microseconds, sorted by source) and `document`."""

    first: I64
    time: I64
    document: I64


class Uses(NamedTuple):
    """Who used what: `first` (sources + 1) into `thing` and `document`, sorted by source, thing and document."""

    first: I64
    thing: I64
    document: I64


class Pair(NamedTuple):
    """Two sources: times of what they published, and a number of each: of the line it has (both have), or -1.

    Publications of one line, and of lines that stand in one document, have one number.
    """

    time: tuple[I64, I64]
    line: tuple[I64, I64]


def published(source: I64, time: I64, known: I64, sources: int) -> Published:
    """The documents with a time, by source and time."""
    sure = np.flatnonzero(known > 0)
    order = sure[in_order(source[sure], time[sure])]
    return Published(np.searchsorted(source[order], np.arange(sources + 1)).astype(np.int64), time[order], order)


def used(thing: I64, document: I64, source: I64, sources: int) -> Uses:
    """Uses of things (`thing`, `document` in parallel), each document once."""
    who, things, documents = distinct_rows(source[document], thing, document)
    return Uses(np.searchsorted(who, np.arange(sources + 1)).astype(np.int64), things, documents)


def cycles(a: I64, b: I64, coarse: I64, of: Published) -> I64:
    """By pair, the delay under which the order of two sources tells of their hours, not of them: 0, a day or a week.

    A morning paper and an evening paper, sources of two time zones, a weekly and a daily do not choose who is first:
    where their hours of the day (or days of the week) differ, a line of one day (or week) is no evidence. They are
    compared by the first two harmonics of their clocks, which are 0 for whoever publishes evenly. `coarse`, by pair, is
    how much its times may be off.
    """
    sources = distinct(np.concatenate([a, b]))
    means = np.zeros((2, 2, len(sources)), np.complex128)
    hours = np.zeros(len(sources))
    for k, s in enumerate(sources.tolist()):
        time = of.time[of.first[s] : of.first[s + 1]]
        hours[k] = 1 / max(1, steps(time // HOUR))
        for i, length in enumerate((WEEK, DAY)):
            for j, harmonic in enumerate((1, 2)):
                means[i, j, k] = np.exp(2j * np.pi * harmonic * (time % length) / length).mean()
    one, two = np.searchsorted(sources, a), np.searchsorted(sources, b)
    unsure = UNSURE * np.sqrt(hours[one] + hours[two])
    out = np.zeros(len(a), np.int64)
    for i, length in reversed(list(enumerate((WEEK, DAY)))):
        apart = (np.abs(means[i][:, one] - means[i][:, two]) > KEEPS + unsure).any(axis=0)
        out[apart & (coarse < length)] = length
    return out


def of_pair(a: int, b: int, of: Published, uses: Uses) -> Pair:
    """What two sources published, and which of it has lines of both."""
    things, documents = zip(*(_slices(uses, s) for s in (a, b)), strict=True)
    common = np.intersect1d(things[0], things[1])
    chosen = [np.isin(t, common) for t in things]
    thing = np.concatenate([t[c] for t, c in zip(things, chosen, strict=True)])
    document = np.concatenate([d[c] for d, c in zip(documents, chosen, strict=True)])
    held, row = np.unique(document, return_inverse=True)
    column = np.searchsorted(common, thing)
    shape = (len(held) + len(common), len(held) + len(common))
    graph = coo_array((np.ones(len(row)), (row, column + len(held))), shape=shape)
    number = connected_components(graph, directed=False)[1] if len(held) else np.zeros(0, np.int64)
    lines, times = [], []
    for s in (a, b):
        part = slice(int(of.first[s]), int(of.first[s + 1]))
        at = np.minimum(np.searchsorted(held, of.document[part]), max(len(held) - 1, 0))
        has = held[at] == of.document[part] if len(held) else np.zeros(len(at), bool)
        lines.append(np.where(has, number[at] if len(held) else -1, -1).astype(np.int64))
        times.append(of.time[part])
    return Pair((times[0], times[1]), (lines[0], lines[1]))


def _slices(uses: Uses, source: int) -> tuple[I64, I64]:
    part = slice(int(uses.first[source]), int(uses.first[source + 1]))
    return uses.thing[part], uses.document[part]


def odds(pair: Pair, x: int, y: int, coarse: int, chance: np.random.Generator) -> tuple[float, float]:
    """How much rather a (at `x`) than b (at `y`) is first by so much, and b than a, by when they publish at all.

    Each is the greatest of 1 and two reasons. One: among their publications that are about as far apart, how many times
    as often a's is the earlier; those of one line are left out. It is 1 where both publish alike, and much where a had
    stopped before b began. Two: if both print at their next occasion what happens at any time, a busy source is the
    earlier, exp(delay x (occasions of a - occasions of b) in a unit of time) times as often. It is asked only where the
    later one had no occasion in between.
    """
    delay = abs(y - x) // coarse
    around = max(NEAR, 4 * abs(y - x))
    times, lines = [], []
    for t, line in zip(pair.time, pair.line, strict=True):
        low, high = np.searchsorted(t, [min(x, y) - around, max(x, y) + around + 1])
        rows = np.arange(low, high)
        if len(rows) > MOST:
            rows = np.sort(chance.choice(rows, MOST, replace=False))
        times.append(t[rows])
        lines.append(line[rows])
    reasons = (_apart(times, lines, delay, coarse), _next(pair, x, y, around))
    return max(1.0, *reasons), max(1.0, *(1 / reason for reason in reasons))


def _apart(times: list[I64], lines: list[I64], delay: int, coarse: int) -> float:
    lag = times[1][None, :] // coarse - times[0][:, None] // coarse
    own = (lines[0][:, None] < 0) | (lines[1][None, :] < 0)
    if (own & (lag != 0)).sum() < NEIGHBOURS:
        own |= lines[0][:, None] != lines[1][None, :]
    lags = lag[own & (lag != 0)]
    if not len(lags):
        return 1.0
    unlike = np.abs(np.abs(lags) - delay)
    near = lags[unlike <= np.partition(unlike, min(NEIGHBOURS, len(lags)) - 1)[min(NEIGHBOURS, len(lags)) - 1]]
    before = int((near > 0).sum())
    return (before + 0.5) / (len(near) - before + 0.5)


def _next(pair: Pair, x: int, y: int, around: int) -> float:
    low, high = min(x, y), max(x, y)
    later = pair.time[1] if x < y else pair.time[0]
    if np.searchsorted(later, high) > np.searchsorted(later, low, "right"):
        return 1.0
    rates = []
    for t in pair.time:
        near = t[slice(*np.searchsorted(t, [low - around, high + around + 1]))]
        rates.append(steps(near // HOUR) / (2 * around + high - low))
    return float(np.exp(np.clip((rates[0] - rates[1]) * (high - low), -20, 20)))
