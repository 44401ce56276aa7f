"""Who leads: the sign of the time between the documents of each occasion."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.kernel import F64, I64
from inchorus.relate.tail import q_values

PRECISIONS = {"second": 1_000_000, "minute": 60_000_000, "day": 86_400_000_000}
FEWEST = 5


class Direction(NamedTuple):
    """By pair: occasions on which a or b was surely first, the median delay in seconds, and who leads.

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
    matches: I64, of: I64, pairs: int, time: I64, known: I64, within: I64, test: NDArray[np.bool_]
) -> Direction:
    """Count who was first on each occasion, and test it where `test` (by pair) says so.

    A document is surely first if it is earlier by the coarser of the two precisions or more. Under the null
    model either is first as often: with k of n, p = P(|X - n/2| >= |k - n/2|) for X binomial (n, 1/2).
    Both documents stand where the null model put them, so a source that publishes earlier in the day is
    not told apart from one that leads; the docs say so.
    """
    from scipy.stats import binom

    a, b = matches[:, 0], matches[:, 1]
    coarse = np.maximum(within[a], within[b])
    delay = time[b] // coarse * coarse - time[a] // coarse * coarse
    sure = (known[a] > 0) & (known[b] > 0)
    first_a = np.bincount(of[sure & (delay > 0)], minlength=pairs).astype(np.int64)
    first_b = np.bincount(of[sure & (delay < 0)], minlength=pairs).astype(np.int64)
    n, least = first_a + first_b, np.minimum(first_a, first_b)
    chosen = test & (n >= FEWEST)
    p = np.minimum(1.0, 2 * binom.cdf(least[chosen], n[chosen], 0.5))
    q = np.ones(pairs)
    q[chosen] = q_values(np.asarray(p), int(chosen.sum()))
    lead = np.where(q <= 0.05, np.sign(first_a - first_b), 0).astype(np.int64)
    return Direction(first_a, first_b, _medians(np.abs(delay[sure]) / 1e6, of[sure], pairs), lead, q)


def _medians(values: F64, of: I64, pairs: int) -> F64:
    out = np.full(pairs, np.nan)
    order = np.lexsort((values, of))
    values, of = values[order], of[order]
    rows, start, count = np.unique(of, return_index=True, return_counts=True)
    if len(rows):
        out[rows] = (values[start + (count - 1) // 2] + values[start + count // 2]) / 2
    return out
