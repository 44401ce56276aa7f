"""Which documents share wording: the graph that the null model keeps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from inchorus.compiled.kernel import F64, I32, I64
from inchorus.relate.sorted_arrays import among, distinct, in_order
from inchorus.thresholds import MOST_SOURCES

# The greatest number of sources of each level of rarity, and the number that stands for it.
LEVELS: I64 = np.array([2, 3, 5, 8, 16, MOST_SOURCES], np.int64)
NEAR = 24 * 3_600_000_000
NOTHING: I64 = np.zeros(0, np.int64)
# A class is a level, whether the documents share several wordings, and whether they are a day apart or less.
CLASSES = 4 * len(LEVELS)
TYPICAL: F64 = np.repeat(np.array([2.0, 3.0, 4.5, 7.0, 12.0, 24.0]), 4)


class Uses(NamedTuple):
    """Who uses what, each source once for each talking point: its first document in canonical order.

    `point`, `document` run in parallel, sorted by point; `repeated`, `repeat` are pairs of documents: one
    that is counted, and one of the same source that repeats a wording of it.
    """

    point: I64
    document: I64
    repeated: I64
    repeat: I64


class Links(NamedTuple):
    """Documents that share wording used by few enough sources to tell something of a pair.

    `first` (documents + 1) and `other`: the neighbours of each document. `a`, `b`, `cls`: the same links,
    once each, the rarest first; `cls` is 4 x level of the rarest wording + 2 where they share only one
    wording + 1 where they are more than a day apart or a time is not known.
    """

    first: I64
    other: I32
    a: I32
    b: I32
    cls: I32
    about_first: I64 = NOTHING
    about: I64 = NOTHING


def uses(point: I64, document: I64, source: I32, documents: int) -> Uses:
    """Passages (`point`, `document` in parallel) with each source's repeats of a wording set aside.

    Talking points that fewer than two sources use are left out. `source` is by document.

    >>> u = uses(np.array([0, 0, 0, 1]), np.array([0, 1, 2, 0]), np.array([0, 0, 1], np.int32), 3)
    >>> u.point.tolist(), u.document.tolist(), u.repeat.tolist()
    ([0, 0], [0, 2], [1])
    """
    once = distinct(point * documents + document)
    point, document = once // documents, once % documents
    n_sources = int(source.max()) + 1 if len(source) else 1
    key = point * n_sources + source[document]
    order = in_order(key, document)
    key, point, document = key[order], point[order], document[order]
    new = np.ones(len(key), bool)
    new[1:] = key[1:] != key[:-1]
    kept = document[new][np.cumsum(new) - 1] if len(key) else document
    users = np.bincount(point[new], minlength=int(point.max()) + 1 if len(point) else 0)
    shared = users[point] >= 2
    keep, again = new & shared, ~new & shared
    return Uses(point[keep], document[keep], kept[again], document[again])


def most_sources(sources: int) -> int:
    """More sources than these use a wording that says nothing of a pair: half of all, and at most 32.

    >>> most_sources(7), most_sources(1000)
    (3, 32)
    """
    return max(2, min(MOST_SOURCES, sources // 2))


def document_pairs(point: I64, document: I64, counted: I64, most: int) -> tuple[I64, I64, NDArray[np.int64]]:
    """Pairs of documents that use a talking point of 2 to `most` sources, and the level of its number in `counted`."""
    points, start, size = np.unique(point, return_index=True, return_counts=True)
    left, right, kind = [], [], []
    for n in range(2, most + 1):
        rows = start[size == n]
        if len(rows):
            members = document[rows[:, None] + np.arange(n)]
            i, j = np.triu_indices(n, 1)
            left.append(members[:, i].ravel())
            right.append(members[:, j].ravel())
            kind.append(np.repeat(np.searchsorted(LEVELS, counted[points[size == n]]), len(i)))
    if not left:
        none = np.zeros(0, np.int64)
        return none, none, none
    return np.concatenate(left), np.concatenate(right), np.concatenate(kind)


def popularity(used: Uses, counted: I64 | None) -> I64:
    """By talking point, the number of sources that use it, or that it counts for where that is more."""
    users = np.bincount(used.point, minlength=0 if counted is None else len(counted)).astype(np.int64)
    return users if counted is None else np.maximum(users, counted)


def too_popular(used: Uses, sources: int, counted: I64 | None = None) -> I64:
    """How many sources use each talking point that `link` leaves out for counting for too many."""
    users = np.bincount(used.point).astype(np.int64)
    return users[(users >= 2) & (popularity(used, counted)[: len(users)] > most_sources(sources))]


def link(used: Uses, time: I64, known: I64, sources: int, counted: I64 | None = None) -> Links:
    """The links between documents, of wording that at most `most_sources(sources)` sources use.

    `counted`, by talking point, is how many sources its wording counts for at least (see `rarity`).
    """
    most, documents = most_sources(sources), len(time)
    sizes = popularity(used, counted)
    few = sizes[used.point] <= most
    point, document = used.point[few], used.document[few]
    left, right, kind = document_pairs(point, document, sizes, most)
    low, high = np.minimum(left, right), np.maximum(left, right)
    key = low * documents + high
    order = in_order(key, kind)
    new = np.ones(len(key), bool)
    new[1:] = key[order][1:] != key[order][:-1]
    chosen = order[new]
    several = np.diff(np.append(np.flatnonzero(new), len(key))) > 1
    a, b = low[chosen], high[chosen]
    near = (np.abs(time[a] - time[b]) <= NEAR) & (known[a] > 0) & (known[b] > 0)
    cls = 4 * kind[chosen] + 2 * ~several + ~near
    ranked = in_order(cls)
    a, b, cls = (x[ranked].astype(np.int32) for x in (a, b, cls))
    ends = np.concatenate([a, b])
    other = np.concatenate([b, a])[in_order(ends)]
    first = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=documents))]).astype(np.int64)
    return Links(first, other, a, b, cls)


def without_pairs(links: Links, source: I32, keys: I64, n_sources: int) -> Links:
    """The links that are not between the sources of these pairs (keys: lesser x sources + greater).

    What a wording forbids stays as it was: `first` and `other` are not changed.
    """
    one, two = source[links.a].astype(np.int64), source[links.b].astype(np.int64)
    stay = ~among(np.minimum(one, two) * n_sources + np.maximum(one, two), keys)
    return links._replace(a=links.a[stay], b=links.b[stay], cls=links.cls[stay])
