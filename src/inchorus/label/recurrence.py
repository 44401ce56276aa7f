"""When a wording is used: again and again as its users' own activity would spread it, or less evenly than that."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.label.uses import before, timeline, uses_of
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus

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
def _measure(
    first: I64, document: U32, source: U32, days: I64, begin: I64, end: I64, present: I64, times: int, long: float,
    n_uses: I64, span: F64, strata: I64, usual: F64,
) -> None:  # fmt: skip
    for f in range(len(first) - 1):
        uses = uses_of(document, source, days, first[f], first[f + 1])
        n = len(uses)
        n_uses[f] = n
        if n == 0:
            continue
        span[f] = float(np.int64(uses[n - 1] >> np.uint64(32)) - np.int64(uses[0] >> np.uint64(32)))
        asked = min(n, ASKED)
        for k in range(asked):
            stratum = np.int64(uses[k * n // asked] >> np.uint64(32)) // STRATUM
            last = np.int64(uses[(k - 1) * n // asked] >> np.uint64(32)) // STRATUM if k else -1
            strata[f] += stratum != last
        if n < times or span[f] < long:
            continue
        for s in present:
            none = 1.0
            for k in range(asked):
                who = np.int64(uses[k * n // asked] & np.uint64(0xFFFFFFFF))
                a, b = begin[who], end[who]
                held = before(days, a, b, (s + 1) * STRATUM) - before(days, a, b, s * STRATUM)
                none *= 1.0 - held / (b - a)
            usual[f] += 1.0 - none


def recurrence(corpus: Corpus, families: Families) -> Recurrence:
    """How the uses of each talking point lie in time, against the activity of its users.

    `families` are sorted by family. Days are counted from the earliest document's; documents without a time are no
    uses, and no activity.
    """
    n, line = len(families.canonical), timeline(corpus)
    first = np.searchsorted(families.family, np.arange(n + 1)).astype(np.int64)
    out = Recurrence(np.zeros(n, np.int64), np.zeros(n), np.zeros(n, np.int64), np.zeros(n))
    present = np.unique(
        line.days[line.days >= 0] // STRATUM
    )  # after a date that is centuries off, few of them hold a document
    _measure(first, families.document, corpus.source, line.days, line.begin, line.end, present, TIMES, LONG, *out)
    return out
