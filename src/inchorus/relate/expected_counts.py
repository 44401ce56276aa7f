"""What each pair of sources would share if the documents of each stratum drew their sources by lot.

The null model: a document keeps all of its wording, so what travels together stays together; a source keeps its number
of documents in every stratum; no wording has one source twice. The mean number of links of each pair is then a sum over
the links that there are, and needs no simulation: a link between documents of strata s and t joins a and b with
probability (share(a, s) share(b, t) + share(b, s) share(a, t)) / (1 - sum over x of share(x, s) share(x, t)).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from inchorus.compiled.kernel import BOOL, F64, I32, I64, kernel
from inchorus.relate.links import CLASSES, Links
from inchorus.relate.permutation_null import states

_DRAWS = 3


class Drawn(NamedTuple):
    """Who could be the source of a document: by source (`first`, sources + 1) its `share` of the `strata` it is in."""

    stratum: I32
    first: I64
    strata: I32
    share: F64


def drawn(source: I32, stratum: I32, members: BOOL, n_sources: int) -> Drawn:
    """Each source's share of the `members` (by document) of each stratum."""
    n_strata = int(stratum.max(initial=-1)) + 1
    kept = np.flatnonzero(members)
    has = csr_array((np.ones(len(kept)), (source[kept], stratum[kept])), shape=(n_sources, n_strata))
    has.sum_duplicates()
    has.sort_indices()
    size = np.bincount(stratum[kept], minlength=n_strata)
    share = has.data / size[has.indices]
    return Drawn(stratum, has.indptr.astype(np.int64), has.indices.astype(np.int32), np.asarray(share))


def matched(links: Links, source: I32, stratum: I32, members: BOOL, n_sources: int) -> tuple[F64, float]:
    """Of the links of each class, what part are occasions, each document once with each source; and what part moved."""
    found = states(links, source, stratum, np.flatnonzero(members).astype(np.int32), n_sources, _DRAWS)
    return np.asarray(found.occasions / np.maximum(np.bincount(links.cls, minlength=CLASSES), 1)), found.moved


def joined(links: Links, d: Drawn, a: I64, b: I64) -> F64:
    """The mean number of links of each class between sources `a` and `b`, which are in parallel, (pairs, classes)."""
    n_strata = int(max(d.stratum.max(initial=-1), d.strata.max(initial=-1))) + 1
    one, two = d.stratum[links.a].astype(np.int64), d.stratum[links.b].astype(np.int64)
    key, times = np.unique(
        (np.concatenate([one * n_strata + two, two * n_strata + one])) * CLASSES + np.concatenate([links.cls] * 2),
        return_counts=True,
    )
    begin, end, cls = key // CLASSES // n_strata, key // CLASSES % n_strata, (key % CLASSES).astype(np.int32)
    place, of = np.unique(key // CLASSES, return_inverse=True)
    together = _together(*_by_stratum(d, n_strata), place // n_strata, place % n_strata)
    weight = times / np.maximum(1 - together, 1e-9)[of]
    first = np.concatenate([[0], np.cumsum(np.bincount(begin, minlength=n_strata))]).astype(np.int64)
    order = np.argsort(a, kind="stable")
    out = np.zeros((len(a), CLASSES))
    _joined(d.first, d.strata, d.share, first, end, cls, weight, a[order], b[order], order, out)
    return out


def _by_stratum(d: Drawn, n_strata: int) -> tuple[I64, I32, F64]:
    who = np.repeat(np.arange(len(d.first) - 1, dtype=np.int32), np.diff(d.first))
    order = np.argsort(d.strata, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(d.strata, minlength=n_strata))]).astype(np.int64)
    return first, who[order], d.share[order]


@kernel
def _together(first: I64, who: I32, share: F64, one: I64, two: I64) -> F64:
    """For each pair of strata, the chance that both draws are of one source."""
    out = np.zeros(len(one))
    for e in range(len(one)):
        i, j = first[one[e]], first[two[e]]
        while i < first[one[e] + 1] and j < first[two[e] + 1]:
            if who[i] == who[j]:
                out[e] += share[i] * share[j]
                i += 1
                j += 1
            elif who[i] < who[j]:
                i += 1
            else:
                j += 1
    return out


@kernel
def _joined(
    first: I64,
    strata: I32,
    share: F64,
    first_link: I64,
    end: I64,
    cls: I32,
    weight: F64,
    a: I64,
    b: I64,
    row: I64,
    out: F64,
) -> None:
    n_classes = out.shape[1]
    reached = np.zeros((len(first_link) - 1, n_classes))
    touched = np.empty(len(first_link) - 1, np.int64)
    known = np.zeros(len(first_link) - 1, np.bool_)
    n = 0
    for i in range(len(a)):
        if i == 0 or a[i] != a[i - 1]:
            for k in range(n):
                reached[touched[k]] = 0.0
                known[touched[k]] = False
            n = 0
            for k in range(first[a[i]], first[a[i] + 1]):
                for e in range(first_link[strata[k]], first_link[strata[k] + 1]):
                    t = end[e]
                    if not known[t]:
                        known[t] = True
                        touched[n] = t
                        n += 1
                    reached[t, cls[e]] += share[k] * weight[e]
        for k in range(first[b[i]], first[b[i] + 1]):
            if known[strata[k]]:
                for c in range(n_classes):
                    out[row[i], c] += share[k] * reached[strata[k], c]
