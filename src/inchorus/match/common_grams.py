"""Which n-gram two occurrences of a chain share first, and which last, from the segments that they run through."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel


@kernel
def _beyond(a: int, b: int, place: int, places: U32, runs: U32) -> int:
    """The first of the segments `a:b` that ends past `place`, or `b`."""
    while a < b:
        middle = (a + b) // 2
        if np.int64(places[middle]) + runs[middle] <= place:
            a = middle + 1
        else:
            b = middle
    return a


@kernel
def _before(a: int, b: int, place: int, places: U32) -> int:
    """One past the last of the segments `a:b` that begins before `place`, or `a`."""
    while a < b:
        middle = (a + b) // 2
        if places[middle] < place:
            a = middle + 1
        else:
            b = middle
    return a


@kernel
def common_gram(oa: int, ob: int, ka: int, kb: int, words: I64, places: U32, runs: U32, step: int) -> tuple[int, int]:
    """Words of the first (`step` 1) or last (-1) n-gram that two occurrences share: of the one, of the other; or -1.

    Segments of an occurrence rise. Those that the other cannot share are leapt over: a canonical passage may have
    thousands, and as many short passages beside it.
    """
    while oa < ob and ka < kb:
        i, j = (oa, ka) if step > 0 else (ob - 1, kb - 1)
        at, other = int(np.int64(places[i])), int(np.int64(places[j]))
        stop, other_stop = at + runs[i], other + runs[j]
        lo, hi = max(at, other), min(stop, other_stop)
        if lo < hi:
            s = lo if step > 0 else hi - 1
            return words[i] + s - at, words[j] + s - other
        if step > 0 and stop < other_stop:
            oa = _beyond(oa, ob, other, places, runs)
        elif step > 0:
            ka = _beyond(ka, kb, at, places, runs)
        elif at > other:
            ob = _before(oa, ob, other_stop, places)
        else:
            kb = _before(ka, kb, stop, places)
    return -1, -1
