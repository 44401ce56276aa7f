"""What two sources published around an occasion: how often the one is the earlier, and how busy either is."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, kernel
from inchorus.match.hashes import finalise
from inchorus.relate.precedence import HOUR

MOST = 100  # publications of either source that are asked about
NEIGHBOURS = 40  # of their delays, those that are most like the one of the line


@kernel
def drawn(low: int, high: int, seed: int) -> I64:
    """The rows from `low` to `high`, or `MOST` of these, rising, each as likely as any other; int64.

    One after the other is taken with the odds that as many as are still wanted are left (Knuth 1997, 3.4.2, algorithm
    S; numbers of SplitMix64). One in so many, instead, would ask who publishes every hour about few hours of the day.

    >>> drawn(3, 6, 0).tolist(), len(drawn(0, 1000, 0))
    ([3, 4, 5], 100)
    """
    n = min(MOST, high - low)
    out = np.empty(n, np.int64)
    state = finalise(finalise(np.uint64(seed)) + np.uint64(low)) + np.uint64(high)
    k = 0
    for row in range(low, high):
        if k == n:
            break
        state += np.uint64(0x9E3779B97F4A7C15)
        if float(finalise(state) >> np.uint64(11)) * 2.0**-53 * (high - row) < n - k:
            out[k] = row
            k += 1
    return out


@kernel
def apart(when_a: I64, when_b: I64, line_a: I64, line_b: I64, delay: int) -> float:
    """How many times as often a's is the earlier of publications that are about `delay` apart.

    `when` and `line` are by publication of either source: its time, in units of the coarser precision, and a number of
    the line of both that it has, or -1. What has one is left out, unless nothing much is left then: in that case only
    two that have the same line are. 1 where both publish alike, and much where a had stopped before b began.
    """
    few = 0
    for i in range(len(when_a)):
        for j in range(len(when_b)):
            few += (line_a[i] < 0 or line_b[j] < 0) and when_b[j] != when_a[i]
    least = np.empty(NEIGHBOURS, np.int64)
    n = 0
    before = after = 0
    for turn in range(2):
        for i in range(len(when_a)):
            for j in range(len(when_b)):
                own = line_a[i] < 0 or line_b[j] < 0
                if not own and (few >= NEIGHBOURS or line_a[i] == line_b[j]):
                    continue
                lag = when_b[j] - when_a[i]
                if lag == 0:
                    continue
                unlike = abs(abs(lag) - delay)
                if turn == 0:
                    if n == NEIGHBOURS and unlike >= least[n - 1]:
                        continue
                    k = n if n < NEIGHBOURS else n - 1
                    while k > 0 and least[k - 1] > unlike:
                        least[k] = least[k - 1]
                        k -= 1
                    least[k] = unlike
                    n = min(n + 1, NEIGHBOURS)
                elif unlike <= least[n - 1]:
                    if lag > 0:
                        before += 1
                    else:
                        after += 1
        if n == 0:
            return 1.0
    return (before + 0.5) / (after + 0.5)


@kernel
def hours(time: I64, low: int, high: int) -> int:
    """In how many hours something was published, of rising times (microseconds) from row `low` to `high`."""
    n = 0
    for k in range(low, high):
        n += k == low or time[k] // HOUR != time[k - 1] // HOUR
    return n
