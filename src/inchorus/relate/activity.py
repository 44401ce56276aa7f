"""What activity alone gives each pair: links if documents of a stratum drew their sources independently."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import F64, I32, I64, kernel
from inchorus.relate.chance import Pairs
from inchorus.relate.links import CLASSES, Links


class Share(NamedTuple):
    """Each source's share of the documents of each of `strata` strata, without those of which it has none.

    Those of source s are `stratum` and `part` from `first[s]` to `first[s + 1]`; `first` has one more than sources.
    """

    first: I64
    stratum: I32
    part: F64
    strata: int


def share_of(sources: I32, stratum: I32, n_sources: int, strata: int) -> Share:
    """The shares of sources where documents (`sources`, `stratum` in parallel) are of these.

    >>> s = share_of(np.array([0, 0, 1], np.int32), np.array([0, 2, 2], np.int32), 2, 3)
    >>> s.first.tolist(), s.stratum.tolist(), s.part.tolist()
    ([0, 2, 3], [0, 2, 2], [1.0, 0.5, 0.5])
    """
    key, count = np.unique(sources.astype(np.int64) * strata + stratum, return_counts=True)
    source, of = key // strata, (key % strata).astype(np.int32)
    first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=n_sources))]).astype(np.int64)
    return Share(first, of, count / np.bincount(stratum, minlength=strata)[of], strata)


@kernel
def _of_one_source(first: I64, stratum: I32, part: F64, row: I64, column: I32, n_strata: int, out: F64) -> None:
    """Of each pair of strata the chance that documents drawn from both are of one source."""
    held = np.zeros(n_strata)
    for s in range(len(first) - 1):
        for k in range(first[s], first[s + 1]):
            held[stratum[k]] = part[k]
        for k in range(first[s], first[s + 1]):
            for e in range(row[stratum[k]], row[stratum[k] + 1]):
                out[e] += part[k] * held[column[e]]
        for k in range(first[s], first[s + 1]):
            held[stratum[k]] = 0.0


@kernel
def _of_pairs(
    a: I64, b: I64, first: I64, stratum: I32, part: F64, row: I64, column: I32, links: F64, n_strata: int, out: F64
) -> None:
    """What each pair's strata give, by class; what one source reaches is kept while the next pair has it, too."""
    classes = links.shape[1]
    reached = np.zeros((n_strata, classes))
    touched = np.zeros(n_strata, np.bool_)
    now = -1
    for i in range(len(a)):
        if a[i] != now:
            for t in range(n_strata):
                if touched[t]:
                    touched[t] = False
                    for c in range(classes):
                        reached[t, c] = 0.0
            now = a[i]
            for k in range(first[now], first[now + 1]):
                for e in range(row[stratum[k]], row[stratum[k] + 1]):
                    touched[column[e]] = True
                    for c in range(classes):
                        reached[column[e], c] += part[k] * links[e, c]
        for k in range(first[b[i]], first[b[i] + 1]):
            if touched[stratum[k]]:
                for c in range(classes):
                    out[i, c] += part[k] * reached[stratum[k], c]


def by_activity(links: Links, share: Share, stratum: I32, pairs: Pairs) -> tuple[F64, F64]:
    """Links of each pair and class if documents drew sources independently, (pairs, classes); and of all pairs.

    For a link between documents of strata s and t: share(a, s) share(b, t) + share(b, s) share(a, t). Time grows with
    the strata that a source has and those that links lead to from there, which are few where links are of a window.
    """
    n = share.strata
    one, two = stratum[links.a].astype(np.int64), stratum[links.b].astype(np.int64)
    kept = np.unique(np.concatenate([one * n + two, two * n + one]))
    row = np.searchsorted(kept, np.arange(n + 1) * n).astype(np.int64)
    column = (kept % n).astype(np.int32)
    between = np.zeros((len(kept), CLASSES))
    for s, t in ((one, two), (two, one)):
        place = np.searchsorted(kept, s * n + t) * CLASSES + links.cls
        between += np.bincount(place, minlength=between.size).reshape(between.shape)
    alike = np.zeros(len(kept))
    where = (share.first, share.stratum, share.part, row, column)
    _of_one_source(*where, n, alike)
    out = np.zeros((len(pairs.a), CLASSES))
    _of_pairs(pairs.a, pairs.b, *where, between, n, out)
    return out, np.asarray(((1 - alike)[:, None] * between).sum(0) / 2)
