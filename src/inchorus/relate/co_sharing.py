"""Who shares the same object within a window of time: every pair counted, or bounded and said so.

What a source shares again within the window is one burst (see `bursts`). Bursts of one object are put in order of
time, and a window slides over them, so the work is the number of pairs that fall into it. Where more than `CROWD`
of them are in one window, their pairs are not enumerated one by one: `Coactions.crowded` counts them exactly, and of
those pairs that also meet outside crowds the crowded ones are counted exactly, too: each crowded burst of the
source that has fewer is looked up among the other's. Many pairs of sources with thousands of crowded bursts each would
make that the work of n^1.5: beyond `STEPS` for each burst and pair, those with most are listed without
(`Coactions.uncounted`). A pair that meets in crowds only is not listed; `bound` is the most that any such pair has.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64, kernel
from inchorus.relate.bursts import Bursts, bursts
from inchorus.relate.sorted_arrays import among, distinct, in_order

CROWD = 512
STEPS = 128  # crowded bursts looked up for each burst and each listed pair, on average: so the work is linear in both


class Shares(NamedTuple):
    """Shares in order of object and time: `object`, `source`, `content`, `time` (seconds), in parallel."""

    object: I32
    source: I32
    content: I32
    time: F64


class Coactions(NamedTuple):
    """Pairs of sources (`a` < `b`): `weight` pairs of bursts in the window, `delay` their mean seconds apart.

    Seconds are between the first shares of the two bursts. `objects`: distinct objects among them, those met in
    crowds only left out. `crowded`: pairs of bursts that were counted but not enumerated, `unlisted` those of them
    that are in no weight, `bound` the most of one pair of sources, `uncounted` the listed pairs that lack them.
    """

    a: I64
    b: I64
    weight: I64
    delay: F64
    objects: I64
    crowded: int
    unlisted: int
    bound: int
    uncounted: int = 0


def order(objects: I32, source: I32, content: I32, time: F64) -> Shares:
    """Shares sorted by object, time and content."""
    by = in_order(objects, time, content)
    return Shares(objects[by], source[by], content[by], time[by])


@kernel
def reach(objects: I32, time: F64, until: F64, window: float, last: I64) -> None:
    """For each burst, one past the last of its object that begins at most `window` after its end."""
    i = 0
    while i < len(objects):
        end = i
        while end < len(objects) and objects[end] == objects[i]:
            end += 1
        for k in range(i, end):
            last[k] = i + np.searchsorted(time[i:end], until[k] + window, side="right")
        i = end


@kernel
def content_pairs(
    source: I32,
    content: I32,
    time: F64,
    last: I64,
    crowded: BOOL,
    lone: I64,
    low: int,
    key: I64,
    gap: F64,
    left: I32,
    right: I32,
) -> tuple[int, int]:
    """Write the pairs of shares from share `low` on until the buffers are full; (pairs, next share)."""
    n = 0
    i = low
    while i < len(source):
        if n + (last[i] - i) > len(key):
            break
        j = lone[i + 1] if crowded[i] else i + 1
        while j < last[i]:
            if source[i] != source[j] and content[i] != content[j]:
                a, b = i, j
                if source[a] > source[b]:
                    a, b = j, i
                key[n] = np.int64(source[a]) << 32 | np.int64(source[b])
                gap[n] = time[j] - time[i]
                left[n] = a
                right[n] = b
                n += 1
            j = lone[j + 1] if crowded[i] else j + 1
        i += 1
    return n, i


@kernel
def _lone(crowded: BOOL, lone: I64) -> None:
    """For each place, the first one from there on that is not in a crowd."""
    after = len(crowded)
    lone[after] = after
    for i in range(len(crowded) - 1, -1, -1):
        if not crowded[i]:
            after = i
        lone[i] = after


@kernel
def _met_in_crowds(
    objects: I32, time: F64, until: F64, first: I64, place: I64, a: I64, b: I64, window: float, extra: I64, gaps: F64
) -> int:
    """Of each pair, the pairs of crowded bursts; the bursts that were looked at.

    Each burst of the source that has fewer is looked up among those of the other, which are in order of object and
    time and, within an object, apart.
    """
    looked = 0
    for p in range(len(a)):
        few, many = a[p], b[p]
        if first[few + 1] - first[few] > first[many + 1] - first[many]:
            few, many = many, few
        for i in range(first[few], first[few + 1]):
            x = place[i]
            low, high = first[many], first[many + 1]
            while low < high:
                middle = (low + high) >> 1
                y = place[middle]
                looked += 1
                if objects[y] < objects[x] or (objects[y] == objects[x] and time[x] > until[y] + window):
                    low = middle + 1
                else:
                    high = middle
            j = low
            while j < first[many + 1] and objects[place[j]] == objects[x] and time[place[j]] <= until[x] + window:
                extra[p] += 1
                gaps[p] += abs(time[place[j]] - time[x])
                looked += 1
                j += 1
    return looked


def _affordable(least: I64, room: int) -> BOOL:
    """Which pairs are looked at: those with the fewest bursts to look up, `room` bursts of all of them together."""
    rising = np.sort(least)
    n = int(np.searchsorted(np.cumsum(rising), room, "right"))
    return np.ones(len(least), bool) if n == len(rising) else np.asarray(least < rising[n])


def coactions(shares: Shares, window: float, crowd: int = CROWD, buffer: int = 1 << 24) -> Coactions:
    """Pairs of sources that share an object at most `window` seconds apart, repeats within the window being one.

    Memory: 24 bytes for each of `buffer` pairs of bursts at a time, 40 for each listed pair of sources.

    >>> source, content = np.array([0, 1, 1], np.int32), np.arange(3, dtype=np.int32)
    >>> s = order(np.zeros(3, np.int32), source, content, np.array([0.0, 5.0, 90.0]))
    >>> c = coactions(s, 10.0)
    >>> c.a.tolist(), c.b.tolist(), c.weight.tolist(), c.delay.tolist()
    ([0], [1], [1], [5.0])
    """
    return meetings(bursts(shares.object, shares.source, shares.time, window), window, crowd, buffer)


def meetings(bursts: Bursts, window: float, crowd: int = CROWD, buffer: int = 1 << 24) -> Coactions:
    """The same of bursts."""
    n_sources = int(bursts.source.max()) + 1 if len(bursts.source) else 0
    last = np.empty(len(bursts.object), np.int64)
    reach(bursts.object, bursts.time, bursts.until, window, last)
    crowded = np.zeros(len(last), bool)
    _mark(last, crowd, crowded)
    keys, weight, delay, objects = _enumerate(bursts, last, crowded, buffer)
    a, b = keys >> 32, keys & 0xFFFFFFFF
    # Two bursts of one source are never in one window, so that all that are in it are pairs.
    before = np.concatenate([[0], np.cumsum(crowded)])
    here = np.flatnonzero(crowded)
    total = int((before[last[here]] - before[here + 1]).sum())
    extra, gaps, bound, uncounted = np.zeros(len(a), np.int64), np.zeros(len(a)), 0, 0
    if total:
        place = here[np.argsort(bursts.source[here], kind="stable")]
        per = np.bincount(bursts.source[place], minlength=n_sources)
        first = np.concatenate([[0], np.cumsum(per)]).astype(np.int64)
        least = np.minimum(per[a], per[b])
        told = np.flatnonzero(_affordable(least, STEPS * (len(last) + len(a))))
        uncounted = len(a) - len(told)
        met, apart = np.zeros(len(told), np.int64), np.zeros(len(told))
        _met_in_crowds(bursts.object, bursts.time, bursts.until, first, place, a[told], b[told], window, met, apart)
        extra[told], gaps[told] = met, apart
        bound = int(np.prod(np.sort(per)[-2:])) if n_sources > 1 else 0
    whole = weight + extra
    mean = (delay + gaps) / np.maximum(whole, 1)
    return Coactions(a, b, whole, mean, objects, total, int(total - extra.sum()), bound, uncounted)


@kernel
def _mark(last: I64, limit: int, crowded: BOOL) -> None:
    end = 0
    for i in range(len(last)):
        if last[i] - i > limit:
            for k in range(max(i, end), last[i]):
                crowded[k] = True
            end = max(end, last[i])


def _enumerate(bursts: Bursts, last: I64, crowded: BOOL, buffer: int) -> tuple[I64, I64, F64, I64]:
    far = last - np.arange(len(last))
    size = max(int(far.max()) if len(last) else 1, min(buffer, int(far.sum()) + 1))
    one_each = np.arange(len(last), dtype=np.int32)
    key, gap = np.empty(size, np.int64), np.empty(size)
    left, right = np.empty(size, np.int32), np.empty(size, np.int32)
    lone = np.empty(len(last) + 1, np.int64)
    _lone(crowded, lone)
    none = np.zeros(0, np.int64)
    keys, weight, delay, objects = none, none, np.zeros(0), none
    # Pairs that share the last object of a full buffer must not count it again in the next one.
    open_object, open_keys = -1, none
    low = 0
    while low < len(last):
        n, low = content_pairs(bursts.source, one_each, bursts.time, last, crowded, lone, low, key, gap, left, right)
        if not n:
            continue
        found, of = key[:n], bursts.object[left[:n]]
        by = in_order(found, of)
        k, o = found[by], of[by]
        first = np.ones(n, bool)
        first[1:] = k[1:] != k[:-1]
        fresh = first.copy()
        fresh[1:] |= o[1:] != o[:-1]
        fresh &= ~((o == open_object) & among(k, open_keys))
        start = np.flatnonzero(first)
        new = k[start]
        times, sums = np.diff(np.append(start, n)), np.add.reduceat(gap[:n][by], start)
        objects_of = np.add.reduceat(fresh.astype(np.int64), start)
        ends = int(of[-1])
        held = found[of == ends]
        open_keys = distinct(np.concatenate([open_keys, held]) if ends == open_object else held)
        open_object = ends
        both, place = np.unique(np.concatenate([keys, new]), return_inverse=True)
        weight, objects = (
            np.bincount(place, np.concatenate([old, more]), len(both)).astype(np.int64)
            for old, more in ((weight, times), (objects, objects_of))
        )
        delay = np.bincount(place, np.concatenate([delay, sums]), len(both)).astype(np.float64)
        keys = both
    return keys, weight, delay, objects
