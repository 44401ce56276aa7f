"""The uses of a wording in time, and the documents that their sources have besides."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.words.corpus import DAY, NEVER, Corpus


class Timeline(NamedTuple):
    """The days of all documents. All int64.

    days: of each document, counted from the earliest's; -1 where no time is known. begin, end: of each source, the
    documents that have a time, which stand in the order of time.
    """

    days: I64
    begin: I64
    end: I64


def timeline(corpus: Corpus) -> Timeline:
    """When the documents of each source appeared."""
    known = corpus.earliest != NEVER
    days: I64 = np.where(known, corpus.earliest // DAY, 0)
    days = np.where(known, days - (days[known].min() if known.any() else 0), -1)
    n_sources = int(corpus.source.max(initial=0)) + 1
    begin = np.searchsorted(corpus.source, np.arange(n_sources)).astype(np.int64)
    # A source's documents stand in the order of time, those without one last.
    return Timeline(days, begin, begin + np.bincount(corpus.source[known], minlength=n_sources))


@kernel
def before(days: I64, lo: int, hi: int, day: int) -> int:
    """How many of the rising `days[lo:hi]` are before `day`."""
    a, b = lo, hi
    while a < b:
        middle = (a + b) >> 1
        if days[middle] < day:
            a = middle + 1
        else:
            b = middle
    return a - lo


@kernel
def uses_of(document: U32, source: U32, days: I64, lo: int, hi: int) -> U64:
    """The distinct uses in the passages `lo:hi`, in the order of time, each as day and source."""
    n = 0
    keys = np.empty(hi - lo, np.uint64)
    for i in range(lo, hi):
        day = days[document[i]]
        if day >= 0:
            keys[n] = (np.uint64(day) << np.uint64(32)) | np.uint64(source[document[i]])
            n += 1
    order = rising(keys[:n])
    m = 0
    uses = np.empty(n, np.uint64)
    for k in range(n):
        if m == 0 or keys[order[k]] != uses[m - 1]:
            uses[m] = keys[order[k]]
            m += 1
    return uses[:m]
