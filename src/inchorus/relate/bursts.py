"""What one source shares again and again is one burst: an interval of time in which it shared the object."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate.sorted_arrays import in_order


class Bursts(NamedTuple):
    """Bursts in order of object and beginning: `object`, `source`, `time` and `until` (seconds), `share`, in parallel.

    A burst holds the shares of one object by one source of which none is more than the window after the one before.
    `share` is the place, in the input, of its first.
    """

    object: I32
    source: I32
    time: F64
    until: F64
    share: I64


def bursts(objects: I32, source: I32, time: F64, window: float) -> Bursts:
    """Shares (`objects`, `source`, `time` in seconds, in parallel) as bursts.

    Nothing is lost by it: a share of another source is at most `window` from one of the burst's if and only if it is
    from the interval, and so are two bursts. Two bursts of one source never are.

    >>> b = bursts(np.zeros(4, np.int32), np.array([0, 0, 1, 0], np.int32), np.array([0.0, 5.0, 7.0, 90.0]), 10.0)
    >>> b.source.tolist(), b.time.tolist(), b.until.tolist()
    ([0, 1, 0], [0.0, 7.0, 90.0], [5.0, 7.0, 90.0])
    """
    by = in_order(objects, source, time)
    which, who, when = objects[by], source[by], time[by]
    new = np.ones(len(by), bool)
    new[1:] = (which[1:] != which[:-1]) | (who[1:] != who[:-1]) | (when[1:] > when[:-1] + window)
    start = np.flatnonzero(new)
    end = np.append(start[1:], len(by)) - 1 if len(start) else start
    which, who, begin, until, share = which[start], who[start], when[start], when[end], by[start]
    ordered = in_order(which, begin, who)
    return Bursts(which[ordered], who[ordered], begin[ordered], until[ordered], share[ordered])
