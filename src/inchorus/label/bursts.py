"""Whether users of a wording come together in time, beyond what their own activity gives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.label.uses import before, timeline, uses_of
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus

NEAR = 14  # days around a use within which another source's is near it, at most
PARTS = 50  # and at most one of so many parts of the corpus's time; a day at least
ASKED = 64  # uses of a wording that are looked at, spread over all of them; each is compared with each


class Bursts(NamedTuple):
    """One entry a talking point. A use is a source's day with the wording.

    days (int64): distinct days with a use. near: share of the uses that have another source's use near them in
    time. usual_near: the share to expect if each use fell on any document of its source, as in the null model of ties.
    """

    days: I64
    near: F64
    usual_near: F64


@kernel
def _measure(
    first: I64, document: U32, source: U32, days: I64, begin: I64, end: I64, window: int,
    distinct: I64, near: F64, usual: F64,
) -> None:  # fmt: skip
    for f in range(len(first) - 1):
        uses = uses_of(document, source, days, first[f], first[f + 1])
        n = len(uses)
        for k in range(n):
            distinct[f] += k == 0 or uses[k] >> np.uint64(32) != uses[k - 1] >> np.uint64(32)
        asked = min(n, ASKED)
        if asked < 2:
            continue
        day = np.empty(asked, np.int64)
        who = np.empty(asked, np.int64)
        for k in range(asked):
            day[k] = np.int64(uses[k * n // asked] >> np.uint64(32))
            who[k] = np.int64(uses[k * n // asked] & np.uint64(0xFFFFFFFF))
        got = 0
        expected = 0.0
        for k in range(asked):
            beside = False
            none = 1.0
            for j in range(asked):
                if who[j] != who[k]:
                    beside = beside or abs(day[j] - day[k]) <= window
                    a, b = begin[who[j]], end[who[j]]
                    held = before(days, a, b, day[k] + window + 1) - before(days, a, b, day[k] - window)
                    none *= 1.0 - held / (b - a)
            got += beside
            expected += 1.0 - none
        near[f] = got / asked
        usual[f] = expected / asked


def bursts(corpus: Corpus, families: Families) -> Bursts:
    """How near in time the uses of each talking point are to each other; `families` are sorted by family.

    Near is within 14 days, or a fiftieth of the time that the corpus spans where that is less, and a day at least.
    """
    n = len(families.canonical)
    line = timeline(corpus)
    known = line.days[line.days >= 0]
    # A date that is centuries off makes no window of the others wider.
    lasts = np.quantile(known, 0.99) - np.quantile(known, 0.01) if len(known) else 0.0
    window = max(1, min(NEAR, int(lasts) // PARTS))
    first = np.searchsorted(families.family, np.arange(n + 1)).astype(np.int64)
    out = Bursts(np.zeros(n, np.int64), np.zeros(n), np.zeros(n))
    _measure(first, families.document, corpus.source, line.days, line.begin, line.end, window, *out)
    return out
