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
from inchorus.relate.links import CLASSES, NOTHING, Links
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


class Joins(NamedTuple):
    """How many links of each class join strata, both ways.

    By joined pair of strata, `begin` (rising) and `end`. By pair and class, `times`, and `at`, which is `end` x the
    number of `classes` that there are + the place of the class among these. What begins with stratum s are the pairs
    from `first_pair[s]`, and the classes of them from `first[s]`, to the next; `sizes` is how many each pair has.
    """

    begin: I64
    end: I64
    sizes: I64
    times: I64
    at: I64
    classes: I64
    first_pair: I64
    first: I64


def joins(links: Links, stratum: I32, n_strata: int) -> Joins:
    """What the links join, where documents are of a `stratum`."""
    one, two = stratum[links.a].astype(np.int64), stratum[links.b].astype(np.int64)
    keys = np.sort(np.concatenate([one * n_strata + two, two * n_strata + one]) * CLASSES + np.tile(links.cls, 2))
    begun = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else NOTHING
    key, times = keys[begun], np.diff(np.append(begun, len(keys)))
    pair = key // CLASSES
    opened = np.flatnonzero(np.append(True, pair[1:] != pair[:-1])) if len(key) else NOTHING
    begin, end = pair[opened] // n_strata, pair[opened] % n_strata
    sizes = np.diff(np.append(opened, len(key)))
    classes = np.flatnonzero(np.bincount(links.cls, minlength=CLASSES))
    at = np.repeat(end * len(classes), sizes) + np.searchsorted(classes, key % CLASSES)
    first_pair = np.searchsorted(begin, np.arange(n_strata + 1)).astype(np.int64)
    return Joins(begin, end, sizes, times, at, classes, first_pair, np.append(opened, len(key))[first_pair])


def joined(made: Joins, d: Drawn, a: I64, b: I64) -> F64:
    """The mean number of links of each class between sources `a` and `b`, which are in parallel, (pairs, classes)."""
    together = _together(*_by_stratum(d, len(made.first) - 1), made.begin, made.end, len(d.first) - 1)
    weight = made.times / np.repeat(np.maximum(1 - together, 1e-9), made.sizes)
    order = np.argsort(a, kind="stable")
    found = np.zeros((len(a), len(made.classes)))
    links = made.first_pair, made.end, made.first, made.at, weight
    _joined(d.first, d.strata, d.share, *links, a[order], b[order], order, found)
    if len(made.classes) == CLASSES:
        return found
    out = np.zeros((len(a), CLASSES))
    out[:, made.classes] = found
    return out


def _by_stratum(d: Drawn, n_strata: int) -> tuple[I64, I32, F64]:
    who = np.repeat(np.arange(len(d.first) - 1, dtype=np.int32), np.diff(d.first))
    order = np.argsort(d.strata, kind="stable")
    first = np.concatenate([[0], np.cumsum(np.bincount(d.strata, minlength=n_strata))]).astype(np.int64)
    return first, who[order], d.share[order]


@kernel
def _together(first: I64, who: I32, share: F64, one: I64, two: I64, n_sources: int) -> F64:
    """For each pair of strata, the chance that both draws are of one source; `one` does not fall."""
    out = np.zeros(len(one))
    held = np.zeros(n_sources)
    now = np.int64(-1)
    for e in range(len(one)):
        if one[e] != now:
            if now >= 0:
                for i in range(first[now], first[now + 1]):
                    held[who[i]] = 0.0
            now = one[e]
            for i in range(first[now], first[now + 1]):
                held[who[i]] = share[i]
        both = 0.0
        for j in range(first[two[e]], first[two[e] + 1]):
            both += held[who[j]] * share[j]
        out[e] = both
    return out


@kernel
def _joined(
    first: I64,
    strata: I32,
    share: F64,
    first_pair: I64,
    end: I64,
    first_link: I64,
    at: I64,
    weight: F64,
    a: I64,
    b: I64,
    row: I64,
    out: F64,
) -> None:
    """Write what links give each pair. What source `a` reaches is kept while the next pair has it, too.

    Of links see `Joins`; `weight` is how many there are, as they count.
    """
    n_strata, n_classes = len(first_pair) - 1, out.shape[1]
    reached = np.zeros(n_strata * n_classes)
    touched = np.empty(n_strata, np.int64)
    known = np.zeros(n_strata, np.bool_)
    total = np.empty(n_classes)
    n = 0
    for i in range(len(a)):
        if i == 0 or a[i] != a[i - 1]:
            for k in range(n):
                low = touched[k] * n_classes
                for c in range(low, low + n_classes):
                    reached[c] = 0.0
                known[touched[k]] = False
            n = 0
            for k in range(first[a[i]], first[a[i] + 1]):
                part = share[k]
                for j in range(first_pair[strata[k]], first_pair[strata[k] + 1]):
                    if not known[end[j]]:
                        known[end[j]] = True
                        touched[n] = end[j]
                        n += 1
                for e in range(first_link[strata[k]], first_link[strata[k] + 1]):
                    reached[at[e]] += part * weight[e]
        for c in range(n_classes):
            total[c] = 0.0
        for k in range(first[b[i]], first[b[i] + 1]):
            if known[strata[k]]:
                part = share[k]
                low = strata[k] * n_classes
                for c in range(n_classes):
                    total[c] += part * reached[low + c]
        for c in range(n_classes):
            out[row[i], c] = total[c]
