"""How many sources a wording counts for: those of the more popular wording that most of it is, or that it goes on from.

An agency's text is printed by ten papers, and cut by most after a sentence or two; the two that have room for the rest
have nothing in common but room. So what goes on from a wording that more sources print at that time counts for those.
"""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I32, I64, kernel
from inchorus.relate.sorted_arrays import distinct, in_order
from inchorus.relate.strata import HOUR

# Of a wording that must stand in more popular wording for it to count as popular. Of 51 corpora without coordination
# 3 had a tie without this rule, 0 of 51 with 0.5 or 0.6; with 0.5 the senate's AUC by state fell by 0.001.
MOST_OF = 0.6
# What follows: docs/decisions/066-what-goes-on.md.
WITHIN = 48 * HOUR  # sources print a story
BESIDE = 20  # code points: a few words that stand between, or that one of two has more
PART = 0.1  # of the length of a wording that what it goes on from has at least: a name at its edge is no text
NEARLY_ALL = 0.85  # of the passages of a wording that go on from one that so many sources print


@kernel
def _pieces(point: I64, begin: I64, end: I64, sources: I64, first: I64, out: I64) -> int:
    """Rows of talking point, sources, characters; with empty `out`, only their number.

    Passages come by document, those of the most popular talking points last.
    """
    n = 0
    for d in range(len(first) - 1):
        lo, hi = first[d], first[d + 1]
        if lo == hi:
            continue
        base, stop = begin[lo], end[lo]
        for i in range(lo + 1, hi):
            base, stop = min(base, begin[i]), max(stop, end[i])
        most = np.zeros(stop - base, np.int64)
        for i in range(lo, hi):
            most[begin[i] - base : end[i] - base] = sources[i]
        for i in range(lo, hi):
            a = begin[i] - base
            while a < end[i] - base:
                b = a
                while b < end[i] - base and most[b] == most[a]:
                    b += 1
                if len(out):
                    out[n, 0], out[n, 1], out[n, 2] = point[i], most[a], b - a
                n += 1
                a = b
    return n


def counted_sources(point: I64, document: I64, begin: I64, end: I64, source: I32, points: int) -> I64:
    """The number of sources that each talking point's wording counts for: int64, (points,).

    `point`, `document`, `begin`, `end` (code points, half-open) run in parallel, one entry a passage; `source` is by
    document. Each character of a passage counts for the most popular talking point that a passage over it is of, and
    a talking point for the greatest number that three fifths of its characters reach. So a rare continuation of a
    popular phrase is as popular as the phrase where that is most of it; taken for rare, such wording made ties where
    nobody coordinates.

    >>> point, document = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 0, 1])
    >>> begin, end = np.array([0, 0, 0, 4, 4]), np.array([20, 20, 20, 28, 28])
    >>> counted_sources(point, document, begin, end, np.arange(3, dtype=np.int32), 2).tolist()
    [3, 3]
    """
    n_sources = int(source.max()) + 1 if len(source) else 1
    users = np.bincount(distinct(point * n_sources + source[document]) // n_sources, minlength=points)
    order = in_order(document, users[point])
    first = np.searchsorted(document[order], np.arange(len(source) + 1)).astype(np.int64)
    columns = (point[order], begin[order], end[order], users[point[order]], first)
    rows = np.empty((_pieces(*columns, np.empty((0, 3), np.int64)), 3), np.int64)
    if not len(rows):
        return users
    _pieces(*columns, rows)
    rows = rows[in_order(rows[:, 0], rows[:, 1])]
    total = np.cumsum(rows[:, 2])
    ends = np.searchsorted(rows[:, 0], np.arange(points), "right")
    before = np.concatenate([[0], total])[np.searchsorted(rows[:, 0], np.arange(points))]
    whole = np.concatenate([[0], total])[ends] - before
    reached = np.searchsorted(total, before + np.maximum(1, np.ceil((1 - MOST_OF) * whole)).astype(np.int64))
    return np.where(whole > 0, rows[np.minimum(reached, len(rows) - 1), 1], users)


def story_sources(
    point: I64, document: I64, begin: I64, end: I64, source: I32, time: I64, known: I64, points: int
) -> I64:
    """The number of sources that print, within two days, what each talking point goes on from: int64, (points,).

    `point`, `document`, `begin`, `end` (code points, half-open) run in parallel, one entry a passage; `source`, `time`
    (microseconds) and `known` (1 where there is a time) are by document. A passage goes on from another of its document
    that covers or touches its beginning or its end, a few words left and right of it, and is a tenth as long or more:
    what stands inside, as a quotation does, is no text that was cut. A talking point counts for what 85 % of its
    passages reach; without times for none.

    >>> document = np.array([0, 1, 2, 0, 1])
    >>> begin, end = np.zeros(5, np.int64), np.array([100, 100, 100, 300, 300])
    >>> time, known = np.arange(3) * HOUR, np.ones(3, np.int64)
    >>> passages = (np.array([0, 0, 0, 1, 1]), document, begin, end)
    >>> story_sources(*passages, np.arange(3, dtype=np.int32), time, known, 2).tolist()
    [3, 3]
    """
    print_it = np.zeros(len(point), np.int64)
    dated = np.flatnonzero(known[document] > 0)
    dated = dated[in_order(point[dated], time[document[dated]])]
    found = np.empty(len(dated), np.int64)
    _sources_near(point[dated], source[document[dated]], time[document[dated]], int(source.max(initial=-1)) + 1, found)
    print_it[dated] = found
    order = in_order(document, begin - end)
    first = np.searchsorted(document[order], np.arange(len(source) + 1)).astype(np.int64)
    reached = np.empty(len(point), np.int64)
    _goes_on_from(begin[order], end[order], print_it[order], first, reached)
    rows = in_order(point[order], reached)
    low = np.searchsorted(point[order][rows], np.arange(points))
    size = np.bincount(point, minlength=points)
    at = low + ((1 - NEARLY_ALL) * size).astype(np.int64)
    return np.where(size > 0, reached[rows][np.minimum(at, len(rows) - 1)], 0) if len(rows) else size


@kernel
def _sources_near(point: I64, source: I32, time: I64, sources: int, out: I64) -> None:
    """How many sources use the talking point of each row within `WITHIN`; rows by talking point and time."""
    uses = np.zeros(sources, np.int64)
    low, high, n = 0, 0, 0
    for i in range(len(point)):
        while high < len(point) and point[high] == point[i] and time[high] - time[i] <= WITHIN:
            n += uses[source[high]] == 0
            uses[source[high]] += 1
            high += 1
        while point[low] < point[i] or time[i] - time[low] > WITHIN:
            uses[source[low]] -= 1
            n -= uses[source[low]] == 0
            low += 1
        out[i] = n


@kernel
def _goes_on_from(begin: I64, end: I64, sources: I64, first: I64, out: I64) -> None:
    """The most `sources` of passages that cover or touch an edge of each; by document, the longest passages first."""
    for d in range(len(first) - 1):
        lo, hi = first[d], first[d + 1]
        if lo == hi:
            continue
        base, stop = begin[lo], end[lo]
        for i in range(lo + 1, hi):
            base, stop = min(base, begin[i]), max(stop, end[i])
        most = np.zeros(stop - base + 2 * BESIDE, np.int64)
        shorter = lo
        for i in range(lo, hi):
            # Those that are long enough for this one are so for all that follow.
            while shorter < hi and end[shorter] - begin[shorter] >= PART * (end[i] - begin[i]):
                a, b = begin[shorter] - base + BESIDE, end[shorter] - base + BESIDE
                for c in range(a, b):
                    most[c] = max(most[c], sources[shorter])
                shorter += 1
            best = sources[i]
            for edge in (begin[i] - base + BESIDE, end[i] - base + BESIDE):
                for c in range(edge - BESIDE, edge + BESIDE):
                    best = max(best, most[c])
            out[i] = best
