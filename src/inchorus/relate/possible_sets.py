"""How many sets of sources could have come together again and again: those of one part that were there together."""

from __future__ import annotations

from math import comb

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from inchorus.compiled.kernel import BOOL, F64, I32, I64


class Possible:
    """Sets that are tests: others cannot come together so often, whatever they do (Tarone 1990).

    `source`, `stratum`, `time` and `known` are by document; `able`, by source, who can be in a set at all; `needed`
    is for how long the sources of a set must have been there together.
    """

    def __init__(self, source: I32, stratum: I32, time: I64, known: I64, able: BOOL, needed: int) -> None:
        self.able, self.needed = able, needed
        self.part = parts(source, stratum, len(able))
        self.first = np.full(len(able), np.iinfo(np.int64).max // 2)
        self.last = np.full(len(able), np.iinfo(np.int64).min // 2)
        np.minimum.at(self.first, source[known > 0], time[known > 0])
        np.maximum.at(self.last, source[known > 0], time[known > 0])
        self._tests: dict[int, int] = {}

    def tests(self, sets: I64) -> F64:
        """By set of (sets, k) sources, of how many sets of that size it is one; across parts, of all."""
        k = sets.shape[1]
        if k not in self._tests:
            self._tests[k] = sum(self._inside(one, k) for one in np.unique(self.part[self.able]).tolist())
        of = self.part[sets]
        inside = np.all(of == of[:, :1], axis=1)
        return np.where(inside, max(1.0, float(self._tests[k])), float(comb(int(self.able.sum()), k)))

    def _inside(self, part: int, k: int) -> int:
        rows = np.flatnonzero(self.able & (self.part == part))
        return together(self.first[rows], self.last[rows], self.needed, k)


def parts(source: I32, stratum: I32, n_sources: int) -> I32:
    """A number for each source, the same for those that strata bind, directly or by others: a language, say."""
    n = n_sources + int(stratum.max(initial=-1)) + 1
    graph = csr_array((np.ones(len(source)), (source, stratum.astype(np.int64) + n_sources)), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1][:n_sources], np.int32)


def together(first: I64, last: I64, needed: int, size: int) -> int:
    """How many sets of `size` sources, each there from `first` to `last`, were there together for `needed`.

    Intervals that all meet one another have a point in common, the latest of their beginnings: a set is counted there.

    >>> together(np.array([0, 1, 2, 50]), np.array([9, 9, 9, 60]), 5, 2)
    3
    """
    long = last - first >= needed
    begin, end = np.sort(first[long]), np.sort(last[long] - needed)
    there = np.arange(len(begin)) - np.searchsorted(end, begin, "left")
    values, times = np.unique(there, return_counts=True)
    return sum(comb(int(n), size - 1) * int(k) for n, k in zip(values, times, strict=True))
