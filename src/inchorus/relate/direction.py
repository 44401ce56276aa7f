"""Who leads: who was first on each occasion, against what numbers and times of publication give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.relate.p_values import q_values
from inchorus.relate.precedence import DAY, Published, Uses, cycle, last_uses, odds, of_pair, published, used
from inchorus.thresholds import FEWEST_FIRSTS, LEVEL

PRECISIONS = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000, "day": 86_400_000_000}
ALIKE = (
    0.5  # of the median delay: if the middle eight tenths of the delays are as narrow, it may be a clock, or a stamp
)
DATES = 2 * DAY  # of delays between dates: that of a paper is often the next morning's
CLOCK = 30 * 60 * 1_000_000  # clocks and stamps are off by half an hour or more


class Direction(NamedTuple):
    """By pair: occasions on which a, or b, was surely first, the median delay in seconds, and who leads.

    `lead` is 1 where a leads, -1 where b does, 0 where the times do not say; `q` of the test, 1 where it was not made.
    """

    first_a: I64
    first_b: I64
    delay: F64
    lead: I64
    q: F64


class Matched(NamedTuple):
    """Documents that were matched: `matches` (occasions, 2), of the pair with index `of`; the pairs are `a`, `b`."""

    matches: I64
    of: I64
    a: I64
    b: I64


class When(NamedTuple):
    """By document: its source, its time (microseconds; `known` 1 where there is one), how much that may be off."""

    source: I32
    time: I64
    known: I64
    within: I64


def precision(names: NDArray[np.str_]) -> I64:
    """Microseconds that a time may be off by, from time_precision.

    >>> precision(np.array(["day", "second"])).tolist()
    [86400000000, 1000000]
    """
    out = np.full(len(names), PRECISIONS["second"], np.int64)
    for name, length in PRECISIONS.items():
        out[names == name] = length
    return out


def surely_first(x: I64, y: I64, within_x: I64, within_y: I64) -> I64:
    """1 where the span of x ends before that of y begins, -1 the other way round, 0 where they overlap.

    >>> surely_first(np.array([0, 0]), np.array([5, 20]), np.array([10, 10]), np.array([1, 1])).tolist()
    [0, 1]
    """
    return np.asarray((x + within_x <= y).astype(np.int64) - (y + within_y <= x))


def directions(shared: Matched, when: When, things: tuple[I64, I64], test: BOOL, seed: int = 0) -> Direction:
    """Count who was surely first on each occasion, and test it where `test` (by pair) says so.

    `things`: (thing, document) in parallel, who used what. a is ahead where its last use of a line, about the time when
    it was new, is surely before b's first. However often either prints it, chance gives that no more often than the
    contrary, that b is first, unless when they publish gives more (see `order`), which then is the chance; where
    neither is so, the line does not count. So is it for b. Occasions of one day are one, on which the greater number
    decides. The number of days on which a is ahead is a sum of such draws (Poisson's binomial distribution, computed
    exactly); p is twice the lesser of the two tails, q over all ties with five days. Where the two keep different
    hours or days, only delays beyond these count, of dates only those of two days or more; and where all delays are
    about the same, half an hour or more, a clock may be wrong, and nobody is named.
    """
    pairs, n_sources = len(shared.a), int(max(when.source.max(initial=0), shared.b.max(initial=0))) + 1
    first, second = shared.matches[:, 0], shared.matches[:, 1]
    sure = (when.known[first] > 0) & (when.known[second] > 0)
    sign = np.where(sure, _order(when, first, second), 0)
    first_a = np.bincount(shared.of[sign > 0], minlength=pairs).astype(np.int64)
    first_b = np.bincount(shared.of[sign < 0], minlength=pairs).astype(np.int64)
    coarse = np.maximum(when.within[first], when.within[second])
    delay = np.where(sign != 0, np.abs(when.time[second] // coarse - when.time[first] // coarse) * coarse, 0)
    rows = np.flatnonzero(test & (first_a + first_b >= FEWEST_FIRSTS))
    p, lead = np.ones(len(rows)), np.zeros(pairs, np.int64)
    if len(rows):
        of = published(when.source.astype(np.int64), when.time, when.known, n_sources)
        uses = used(*things, when.source.astype(np.int64), n_sources)
        by = np.argsort(shared.of, kind="stable")
        ends = np.searchsorted(shared.of[by], [rows, rows + 1])
        for i, row in enumerate(rows.tolist()):
            mine = by[ends[0][i] : ends[1][i]]
            mine = mine[sign[mine] != 0]
            told = _Told(int(shared.a[row]), int(shared.b[row]), shared.matches[mine], delay[mine], coarse[mine])
            p[i], lead[row] = _leads(told, when, of, uses, np.random.default_rng(seed))
    q = np.ones(pairs)
    q[rows] = q_values(p, len(rows))
    delays = _medians(delay[sure] / 1e6, shared.of[sure], pairs)
    return Direction(first_a, first_b, delays, np.where(q <= LEVEL, lead, 0), q)


class _Told(NamedTuple):
    """Occasions of sources a and b that have a first: their documents, delays and the coarser precision."""

    a: int
    b: int
    matches: I64
    delay: I64
    coarse: I64


def _order(when: When, first: I64, second: I64) -> I64:
    return surely_first(when.time[first], when.time[second], when.within[first], when.within[second])


def _leads(told: _Told, when: When, of: Published, uses: Uses, chance: np.random.Generator) -> tuple[float, int]:
    """The p of one pair, and 1 or -1 for the one whose tail is the lesser."""
    two = of_pair(told.a, told.b, of, uses)
    stamped = np.where(told.coarse >= DAY, DATES, 0)
    counts = np.flatnonzero(told.delay >= np.maximum(stamped, cycle(two, int(told.coarse.max(initial=0)))))
    if len(counts) < FEWEST_FIRSTS:
        return 1.0, 0
    begun = np.minimum(*when.time[told.matches[counts]].T)
    last = [last_uses(told.a, told.b, (int(u), int(v)), when.time, when.known, uses) for u, v in told.matches[counts]]
    ends: I64 = np.array(last, np.int64)
    first, second = told.matches[counts].T
    sign = _order(when, first, second)
    # By side: 1 where it is ahead with all of its uses, -1 where the other one is first.
    ahead = np.stack(
        [
            (_order(when, ends[:, 0], second) > 0).astype(np.int64) - (sign < 0),
            (_order(when, first, ends[:, 1]) < 0).astype(np.int64) - (sign > 0),
        ]
    )
    rather = np.array(
        [odds(two, int(when.time[u]), int(when.time[v]), int(c), chance)
         for u, v, c in zip(first, second, told.coarse[counts], strict=True)]
    )  # fmt: skip
    of_days, delays, chances = [], [], []
    days = begun // DAY
    for day in np.unique(days).tolist():
        rows = days == day
        of_days.append(np.sign(ahead[:, rows].sum(1)))
        delays.append(float(np.median(told.delay[counts][rows])))
        chances.append((rather[rows] / (1 + rather[rows])).max(0))
    if len(of_days) < FEWEST_FIRSTS or _constant(np.array(delays)):
        return 1.0, 0
    upper, lower = (
        at_least(int((won > 0).sum()), by[won != 0])
        for won, by in zip(np.array(of_days).T, np.array(chances).T, strict=True)
    )
    return min(1.0, 2 * min(upper, lower)), 1 if upper < lower else -1


def _constant(delays: F64) -> bool:
    low, middle, high = np.quantile(delays, [0.1, 0.5, 0.9])
    return bool(middle >= CLOCK and high - low < ALIKE * middle)


def at_least(k: int, chances: F64) -> float:
    """P(k or more) of independent draws with these chances: Poisson's binomial distribution.

    >>> round(at_least(2, np.array([0.5, 0.5, 1.0])), 4)
    0.75
    """
    mass = np.ones(1)
    for chance in chances.tolist():
        mass = np.convolve(mass, [1 - chance, chance])
    return float(min(1.0, mass[k:].sum()))


def _medians(values: F64, of: I64, pairs: int) -> F64:
    out = np.full(pairs, np.nan)
    order = np.lexsort((values, of))
    values, of = values[order], of[order]
    rows, start, count = np.unique(of, return_index=True, return_counts=True)
    if len(rows):
        out[rows] = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    return out
