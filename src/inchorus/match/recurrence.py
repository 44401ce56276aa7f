"""When a wording is used: again and again as its users' own activity would spread it, or less evenly than that."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.match.families import Families
from inchorus.prepare.corpus import DAY, NEVER, Corpus

STRATUM = 30  # days: what happens in one of them is one occasion for a text that is used all the time
LONG = 365.0  # days from the first use to the last, of wording that lasts
TIMES = 8  # uses that such wording has at least (docs/decisions/041-standing-text.md)
ASKED = 256  # uses of a wording that are looked at, spread over all of them: their strata settle long before


class Recurrence(NamedTuple):
    """One entry a talking point: how its uses lie in time. A use is a source's day with the wording.

    uses (int64): how many have a time. span: days from the first to the last. strata (int64): of 30 days, with a
    use. usual_strata: as many as to expect if each use fell on any document of its source; 0 where there are fewer
    than `TIMES` uses or they lie within `LONG`, which is no lasting use whatever it would be.
    """

    uses: I64
    span: F64
    strata: I64
    usual_strata: F64


@kernel
def _before(days: I64, lo: int, hi: int, day: int) -> int:
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
def _uses(document: U32, source: U32, days: I64, lo: int, hi: int) -> U64:
    """The distinct uses in the order of time, each as day and source."""
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


@kernel
def _measure(
    first: I64, document: U32, source: U32, days: I64, begin: I64, end: I64, present: I64, times: int, long: float,
    n_uses: I64, span: F64, strata: I64, usual: F64,
) -> None:  # fmt: skip
    for f in range(len(first) - 1):
        uses = _uses(document, source, days, first[f], first[f + 1])
        n = len(uses)
        n_uses[f] = n
        if n == 0:
            continue
        span[f] = float(np.int64(uses[n - 1] >> np.uint64(32)) - np.int64(uses[0] >> np.uint64(32)))
        asked = min(n, ASKED)
        for k in range(asked):
            stratum = np.int64(uses[k * n // asked] >> np.uint64(32)) // STRATUM
            before = np.int64(uses[(k - 1) * n // asked] >> np.uint64(32)) // STRATUM if k else -1
            strata[f] += stratum != before
        if n < times or span[f] < long:
            continue
        for s in present:
            none = 1.0
            for k in range(asked):
                who = np.int64(uses[k * n // asked] & np.uint64(0xFFFFFFFF))
                a, b = begin[who], end[who]
                held = _before(days, a, b, (s + 1) * STRATUM) - _before(days, a, b, s * STRATUM)
                none *= 1.0 - held / (b - a)
            usual[f] += 1.0 - none


def recurrence(corpus: Corpus, families: Families) -> Recurrence:
    """How the uses of each talking point lie in time, against the activity of its users.

    `families` are sorted by family. Days are counted from the earliest document's; documents without a time are no
    uses, and no activity.
    """
    n, n_sources = len(families.canonical), int(corpus.source.max(initial=0)) + 1
    known = corpus.earliest != NEVER
    days: I64 = np.where(known, corpus.earliest // DAY, 0)
    days = np.where(known, days - (days[known].min() if known.any() else 0), -1)
    begin = np.searchsorted(corpus.source, np.arange(n_sources)).astype(np.int64)
    # A source's documents stand in the order of time, those without one last.
    end = begin + np.bincount(corpus.source[known], minlength=n_sources)
    first = np.searchsorted(families.family, np.arange(n + 1)).astype(np.int64)
    out = Recurrence(np.zeros(n, np.int64), np.zeros(n), np.zeros(n, np.int64), np.zeros(n))
    present = np.unique(days[known] // STRATUM)  # after a date that is centuries off, few of them hold a document
    _measure(first, families.document, corpus.source, days, begin, end, present, TIMES, LONG, *out)
    return out
