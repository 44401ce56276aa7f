"""What decides who is first besides following: how often either prints a line, and when either publishes at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64
from inchorus.relate.sorted_arrays import distinct, distinct_rows, in_order, steps

HOUR = 3_600_000_000
DAY = 24 * HOUR
WEEK = 7 * DAY
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
