"""Who leads: the sign of the time between the documents of each occasion."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.kernel import BOOL, F64, I32, I64
from inchorus.relate.tail import q_values

PRECISIONS = {"second": 1_000_000, "minute": 60_000_000, "hour": 3_600_000_000, "day": 86_400_000_000}
FEWEST = 5


class Direction(NamedTuple):
    """By pair: occasions on which a, or b, was surely first, the median delay in seconds, and who leads.

    `lead` is 1 where a leads, -1 where b does, 0 where the times do not say; `q` of the sign test, 1 where
    there were fewer than 5 occasions to test.
    """

    first_a: I64
    first_b: I64
    delay: F64
    lead: I64
    q: F64


def precision(names: NDArray[np.str_]) -> I64:
    """Microseconds that a time may be off by, from time_precision.

    >>> precision(np.array(["day", "second"])).tolist()
    [86400000000, 1000000]
    """
    out = np.full(len(names), PRECISIONS["second"], np.int64)
    for name, length in PRECISIONS.items():
        out[names == name] = length
    return out


def directions(
    matches: I64,
    of: I64,
    pairs: tuple[I64, I64],
    time: I64,
    known: I64,
    within: I64,
    share: F64,
    stratum: I32,
    test: BOOL,
) -> Direction:
    """Count who was first on each occasion, and test it where `test` (by pair) says so.

    A document is surely first if it is earlier at the coarser of the two precisions. Under the null model the
    source a of a pair has the earlier document, of stratum s, rather than the later, of stratum t, with
    probability share(a, s) share(b, t) / (share(a, s) share(b, t) + share(b, s) share(a, t)): a half within one
    stratum, 1 where b had not begun to publish. The number of occasions on which a is first is the sum of such
    draws (Poisson's binomial distribution, computed exactly); p is twice the lesser tail, q over all ties.
    A source that publishes earlier in the day is not told apart from one that leads.
    """
    n_pairs = len(pairs[0])
    first, second = matches[:, 0], matches[:, 1]
    coarse = np.maximum(within[first], within[second])
    delay = time[second] // coarse * coarse - time[first] // coarse * coarse
    sure = (known[first] > 0) & (known[second] > 0)
    ahead, behind = sure & (delay > 0), sure & (delay < 0)
    first_a = np.bincount(of[ahead], minlength=n_pairs).astype(np.int64)
    first_b = np.bincount(of[behind], minlength=n_pairs).astype(np.int64)
    used = np.flatnonzero((ahead | behind) & test[of])
    early = np.where(delay[used] > 0, first[used], second[used])
    late = np.where(delay[used] > 0, second[used], first[used])
    a, b = pairs[0][of[used]], pairs[1][of[used]]
    for_a = share[a, stratum[early]] * share[b, stratum[late]]
    for_b = share[b, stratum[early]] * share[a, stratum[late]]
    odds = for_a / np.maximum(for_a + for_b, 1e-300)
    rows = np.flatnonzero(test & (first_a + first_b >= FEWEST))
    by = np.argsort(of[used], kind="stable")
    ends = np.searchsorted(of[used][by], [rows, rows + 1])
    p = np.ones(len(rows))
    sign = np.zeros(n_pairs, np.int64)
    for i, row in enumerate(rows.tolist()):
        chances = odds[by[ends[0][i] : ends[1][i]]]
        p[i] = two_sided(int(first_a[row]), chances)
        sign[row] = 1 if first_a[row] > chances.sum() else -1
    q = np.ones(n_pairs)
    q[rows] = q_values(p, len(rows))
    lead = np.where(q <= 0.05, sign, 0)
    return Direction(first_a, first_b, _medians(np.abs(delay[sure]) / 1e6, of[sure], n_pairs), lead, q)


def two_sided(k: int, chances: F64) -> float:
    """Twice the lesser tail of Poisson's binomial distribution at k.

    >>> round(two_sided(5, np.full(5, 0.5)), 4)
    0.0625
    """
    mass = np.ones(1)
    for chance in chances.tolist():
        mass = np.convolve(mass, [1 - chance, chance])
    return float(min(1.0, 2 * min(mass[: k + 1].sum(), mass[k:].sum())))


def _medians(values: F64, of: I64, pairs: int) -> F64:
    out = np.full(pairs, np.nan)
    order = np.lexsort((values, of))
    values, of = values[order], of[order]
    rows, start, count = np.unique(of, return_index=True, return_counts=True)
    if len(rows):
        out[rows] = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    return out
