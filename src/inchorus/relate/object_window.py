"""Which units of sources share an object within a window of time: the links that the null model keeps."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I32, I64, kernel
from inchorus.relate.links import LEVELS, Links, most_sources
from inchorus.relate.sharing_units import Units
from inchorus.relate.sorted_arrays import in_order
from inchorus.thresholds import MOST_SOURCES


@kernel
def _crowds(objects: I32, time: F64, window: float, last: I64, users: I64) -> None:
    """For each share one past the last of its object that is in its window, and how many are in it, before or after."""
    first = 0
    end = 0
    for i in range(len(objects)):
        while objects[first] != objects[i] or time[i] > time[first] + window:
            first += 1
        end = max(end, i + 1)
        while end < len(objects) and objects[end] == objects[i] and time[end] <= time[i] + window:
            end += 1
        last[i] = end
        users[i] = end - first


@kernel
def _near(last: I64, users: I64, most: int, left: I64, right: I64) -> tuple[int, int]:
    """Write the pairs of shares of small enough crowds; how many there are, and how many were looked at."""
    n = 0
    looked = 0
    for i in range(len(last)):
        if users[i] > most:
            continue
        for j in range(i + 1, last[i]):
            looked += 1
            if users[j] <= most:
                if n < len(left):
                    left[n] = i
                    right[n] = j
                n += 1
    return n, looked


def window_links(units: Units, window: float, n_sources: int) -> Links:
    """Links between units that share an object in the window, where few enough sources do.

    A link is near where the units are a quarter of the window apart or less. Work and memory grow with the shares, at
    most `most_sources(n_sources)` times.
    """
    most, n_units = most_sources(n_sources), len(units.source)
    time = units.time[units.unit]
    last, users = np.empty(len(time), np.int64), np.empty(len(time), np.int64)
    _crowds(units.object, time, window, last, users)
    none = np.zeros(0, np.int64)
    n, _ = _near(last, users, most, none, none)
    left, right = np.empty(n, np.int64), np.empty(n, np.int64)
    _near(last, users, most, left, right)
    kind = np.searchsorted(LEVELS, np.clip(np.maximum(users[left], users[right]), 2, MOST_SOURCES))
    one, two = units.unit[left], units.unit[right]
    key = np.minimum(one, two) * n_units + np.maximum(one, two)
    of = units.object[left].astype(np.int64)
    ranked = in_order(key, kind, of)
    key, kind = key[ranked], kind[ranked]
    start = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if n else none
    size = np.diff(np.append(start, n))
    a, b = key[start] // n_units, key[start] % n_units
    cls = 4 * kind[start] + 2 * (size == 1) + (np.abs(units.time[a] - units.time[b]) > window / 4)
    rare = in_order(cls)
    a, b, start, size = a[rare].astype(np.int32), b[rare].astype(np.int32), start[rare], size[rare]
    about_first = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    about = of[ranked][np.repeat(start - about_first[:-1], size) + np.arange(n)]
    ends = np.concatenate([a, b])
    other = np.concatenate([b, a])[in_order(ends)]
    first = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=n_units))]).astype(np.int64)
    return Links(first, other, a, b, cls[rare].astype(np.int32), about_first, about)
