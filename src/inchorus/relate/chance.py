"""The null model: sources exchanged among the documents of one stratum of time.

What it holds fixed: a document keeps all of its wording, so what travels together stays together; a source
keeps its number of documents in every stratum; a wording keeps its number of sources. The states are the
assignments of sources to documents in which no two documents that share a wording have the same source.
A Markov chain walks through them: two documents of a stratum exchange their sources, unless that gives a
wording the same source twice. Without weights each state is as likely as any other.

A source's repeats of a wording are counted once, so the documents that only repeat are free to have any
source. But who repeats is rather a busy source: if sources are drawn for all `1 + m` documents and the
`m` turn out to repeat the first, then source s is drawn with weight activity(s)^(1 + m). With `weight` 1
the chain accepts an exchange by that ratio (Metropolis et al. 1953). `expected` runs both chains and takes
the greater mean, so that neither assumption can make a tie by itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import F64, I32, I64, U64, inline, kernel
from inchorus.relate.links import CLASSES, Links
from inchorus.relate.occasions import match_tables, occasions, slot

BURN_IN = 10
MOST_REPEATS = 3


class Pairs(NamedTuple):
    """Pairs of sources by row: `a` < `b`, and an open hash table from a x sources + b to the row."""

    a: I64
    b: I64
    keys: I64
    rows: I32
    sources: int


@kernel
def _fill(keys: I64, table: I64, rows: I32) -> None:
    mask = len(table) - 1
    for i in range(len(keys)):
        h = slot(keys[i], mask)
        while table[h] >= 0:
            h = (h + 1) & mask
        table[h] = keys[i]
        rows[h] = i


def index_pairs(keys: I64, sources: int) -> Pairs:
    """Pairs from their keys, lesser source x `sources` + greater source, each once, sorted.

    >>> index_pairs(np.array([1, 5]), 3).b.tolist()
    [1, 2]
    """
    size = 1 << max(4, int(np.ceil(np.log2(2 * len(keys) + 1))))
    table, rows = np.full(size, -1, np.int64), np.zeros(size, np.int32)
    _fill(keys, table, rows)
    return Pairs(keys // sources, keys % sources, table, rows, sources)


@inline
def _row(a: int, b: int, keys: I64, rows: I32, sources: int) -> int:
    key = np.int64(min(a, b)) * np.int64(sources) + np.int64(max(a, b))
    mask = len(keys) - 1
    h = slot(key, mask)
    while keys[h] >= 0:
        if keys[h] == key:
            return rows[h]  # type: ignore[no-any-return]
        h = (h + 1) & mask
    return -1


@inline
def _draw(state: U64) -> int:
    # xorshift64*: Vigna 2016, doi:10.1145/2845077
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return np.int64((x * np.uint64(2685821657736338717)) >> np.uint64(33))  # type: ignore[return-value]


@inline
def _clash(document: int, source: int, but: int, sources: I32, first: I64, other: I32) -> bool:
    for k in range(first[document], first[document + 1]):  # noqa: SIM110 - kernels have no generators
        if sources[other[k]] == source and other[k] != but:
            return True
    return False


@kernel
def _exchange(
    sources: I32,
    movable: I32,
    stratum: I32,
    first_in: I64,
    members: I32,
    first: I64,
    other: I32,
    repeats: F64,
    activity: F64,
    state: U64,
) -> int:
    """One sweep: each document of `movable` offers its source to another of its stratum; how many did."""
    done = 0
    for i in movable:
        low = first_in[stratum[i]]
        n = first_in[stratum[i] + 1] - low
        j = members[low + _draw(state) % n]
        si, sj = sources[i], sources[j]
        if si == sj:
            continue
        gain = (repeats[i] - repeats[j]) * (activity[sj] - activity[si])
        if gain < 0.0 and _draw(state) / 2147483648.0 >= np.exp(gain):
            continue
        if _clash(i, sj, j, sources, first, other) or _clash(j, si, i, sources, first, other):
            continue
        sources[i] = sj
        sources[j] = si
        done += 1
    return done


@kernel
def _count_occasions(
    edges: I32, sources: I32, a: I32, b: I32, cls: I32, keys: I64, rows: I32, n_sources: int, total: F64
) -> None:
    for e in edges:
        row = _row(sources[a[e]], sources[b[e]], keys, rows, n_sources)
        if row >= 0:
            total[row, cls[e]] += 1.0


@kernel
def _count_points(first: I64, document: I32, sources: I32, keys: I64, rows: I32, n_sources: int, total: F64) -> None:
    for p in range(len(first) - 1):
        for i in range(first[p], first[p + 1]):
            for j in range(first[p], i):
                row = _row(sources[document[i]], sources[document[j]], keys, rows, n_sources)
                if row >= 0:
                    total[row] += 1.0


def observe(links: Links, sources: I32, pairs: Pairs) -> tuple[F64, I32]:
    """Occasions of each pair by class (pairs, classes), and the edges that they are."""
    out = np.empty(len(links.a), np.int32)
    edges = (links.a, links.b, links.about_first, links.about, pairs.sources)
    n = occasions(sources, *edges, 1, *match_tables(links), out)
    total = np.zeros((len(pairs.a), CLASSES))
    _count_occasions(out[:n], sources, links.a, links.b, links.cls, pairs.keys, pairs.rows, pairs.sources, total)
    return total, out[:n].copy()


class Chain(NamedTuple):
    """What one chain saw on average.

    `occasions` (pairs, classes), `points`: talking points shared (pairs), `moved`: the share of documents
    whose source is not their own at the end, `classes`: occasions of all pairs, by class.
    """

    occasions: F64
    points: F64
    moved: float
    classes: F64


def walk(
    links: Links, sources: I32, stratum: I32, members: I32, pairs: Pairs, weight: float, draws: int, seed: int
) -> Chain:
    """Means over `draws` states of the chain, one sweep apart after a burn-in.

    `members` are the documents that take part in exchanges; `weight` 0 or 1 is the weight of repeats.
    """
    now = sources.copy()
    ordered = members[np.argsort(stratum[members], kind="stable")]
    counts = np.bincount(stratum[members], minlength=int(stratum.max()) + 1)
    first_in = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    movable = np.flatnonzero(np.diff(links.first)).astype(np.int32)
    repeats = weight * np.minimum(links.repeats, MOST_REPEATS).astype(np.float64)
    activity = np.log(np.bincount(sources, minlength=pairs.sources) + 0.5)
    state = np.array([88172645463325252 + 7919 * (2 * seed + int(weight))], np.uint64)
    tables, out = match_tables(links), np.empty(len(links.a), np.int32)
    edges = (links.a, links.b, links.about_first, links.about, pairs.sources)
    total, points = np.zeros((len(pairs.a), CLASSES)), np.zeros(len(pairs.a))
    classes = np.zeros(CLASSES)
    where = (pairs.keys, pairs.rows, pairs.sources)
    chain = (movable, stratum, first_in, ordered, links.first, links.other, repeats, activity, state)
    for _ in range(BURN_IN):
        _exchange(now, *chain)
    for k in range(draws):
        _exchange(now, *chain)
        n = occasions(now, *edges, k + 2, *tables, out)
        classes += np.bincount(links.cls[out[:n]], minlength=CLASSES)
        _count_occasions(out[:n], now, links.a, links.b, links.cls, *where, total)
        _count_points(links.point_first, links.point_document, now, *where, points)
    moved = float((now[movable] != sources[movable]).mean()) if len(movable) else 1.0
    return Chain(total / draws, points / draws, moved, classes / draws)
