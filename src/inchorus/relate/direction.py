"""Who leads: who was first on each occasion, against what numbers and times of publication give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.relate.firsts import Occasions, asked
from inchorus.relate.p_values import likely, q_values
from inchorus.relate.precedence import DAY, Published, Uses, cycles, published, used
from inchorus.relate.sorted_arrays import among, distinct, in_order
from inchorus.thresholds import FEWEST_FIRSTS, LEVEL

PRECISIONS = {
    "second": 1_000_000,
    "minute": 60_000_000,
    "hour": 3_600_000_000,
    "day": DAY,
    "month": 31 * DAY,
    "year": 366 * DAY,
}
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
        by = by[(sign[by] != 0) & among(shared.of[by], rows)]
        pair = np.searchsorted(rows, shared.of[by])
        told = _Told(shared.a[rows], shared.b[rows], pair, shared.matches[by], delay[by], coarse[by])
        p, lead[rows] = _leads(told, when, of, uses, seed)
    q = np.ones(pairs)
    q[rows] = q_values(p, len(rows))
    delays = _medians(delay[sure] / 1e6, shared.of[sure], pairs)
    return Direction(first_a, first_b, delays, np.where(q <= LEVEL, lead, 0), q)


class _Told(NamedTuple):
    """Pairs of sources `a` and `b`, and their occasions that have a first, sorted by pair.

    By occasion: `of`, which pair it is of; the documents (`matches`), the delay and the coarser precision.
    """

    a: I64
    b: I64
    of: I64
    matches: I64
    delay: I64
    coarse: I64


def _order(when: When, first: I64, second: I64) -> I64:
    return surely_first(when.time[first], when.time[second], when.within[first], when.within[second])


def _leads(told: _Told, when: When, of: Published, uses: Uses, seed: int) -> tuple[F64, I64]:
    """By pair its p, and 1 or -1 for the one whose tail is the lesser."""
    n = len(told.a)
    p, lead = np.ones(n), np.zeros(n, np.int64)
    widest = np.zeros(n, np.int64)
    np.maximum.at(widest, told.of, told.coarse)
    least = cycles(told.a, told.b, widest, of)[told.of]
    counts = told.delay >= np.maximum(np.where(told.coarse >= DAY, DATES, 0), least)
    counts &= (np.bincount(told.of[counts], minlength=n) >= FEWEST_FIRSTS)[told.of]
    if not counts.any():
        return p, lead
    kept, pair = distinct(told.of[counts]), told.of[counts]
    first, second = (np.ascontiguousarray(side) for side in told.matches[counts].T)
    bounds = np.append(np.searchsorted(pair, kept), len(pair)).astype(np.int64)
    ends, rather = asked(
        Occasions(told.a[kept], told.b[kept], bounds, first, second, told.coarse[counts]),
        when.time, when.known, of, uses, seed,
    )  # fmt: skip
    sign = _order(when, first, second)
    # By side: 1 where it is ahead with all of its uses, -1 where the other one is first.
    ahead = np.stack(
        [
            (_order(when, ends[:, 0], second) > 0).astype(np.int64) - (sign < 0),
            (_order(when, first, ends[:, 1]) < 0).astype(np.int64) - (sign > 0),
        ]
    )
    day = np.minimum(when.time[first], when.time[second]) // DAY
    delay = told.delay[counts]
    order = in_order(pair, day - day.min(), delay)
    new = np.flatnonzero(np.diff(pair[order], prepend=-1) | np.diff(day[order], prepend=day.min() - 1))
    size = np.diff(np.append(new, len(order)))
    typical = (delay[order][new + (size - 1) // 2] + delay[order][new + size // 2]) / 2
    won = np.sign(np.add.reduceat(ahead[:, order], new, axis=1))
    chance = np.maximum.reduceat((rather / (1 + rather))[order], new, axis=0)
    of_pair = np.searchsorted(pair[order][new], kept)
    ends_of = np.append(of_pair, len(new)).astype(np.int64)
    tails = np.empty((2, len(kept)))
    for side in range(2):
        likely(ends_of, np.ascontiguousarray(won[side]), np.ascontiguousarray(chance[:, side]), tails[side])
    tested = np.diff(ends_of) >= FEWEST_FIRSTS
    tested &= ~_constant(typical, ends_of)
    p[kept[tested]] = np.minimum(1.0, 2 * tails.min(axis=0))[tested]
    lead[kept[tested]] = np.where(tails[0] < tails[1], 1, -1)[tested]
    return p, lead


def _constant(values: F64, bounds: I64) -> BOOL:
    """Of each stretch of delays, from `bounds[k]` to the next, whether they are about the same, and long."""
    size = np.diff(bounds)
    rising = values[in_order(np.repeat(np.arange(len(size)), size), values)]
    low, middle, high = (_quantile(rising, bounds[:-1], size, part) for part in (0.1, 0.5, 0.9))
    return np.asarray((middle >= CLOCK) & (high - low < ALIKE * middle))


def _quantile(rising: F64, first: I64, size: I64, part: float) -> F64:
    """Of stretches of rising values what this part of each is not above, between two values as `np.quantile` has it."""
    place = (size - 1) * part
    low = np.floor(place).astype(np.int64)
    a, b, way = rising[first + low], rising[first + np.minimum(low + 1, size - 1)], place - low
    return np.asarray(np.where(way < 0.5, a + (b - a) * way, b - (b - a) * (1 - way)))


def _medians(values: F64, of: I64, pairs: int) -> F64:
    out = np.full(pairs, np.nan)
    order = np.lexsort((values, of))
    values, of = values[order], of[order]
    rows, start, count = np.unique(of, return_index=True, return_counts=True)
    if len(rows):
        out[rows] = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    return out
