"""The null model: sources exchanged among the documents of one stratum of time.

What it holds fixed: a document keeps all of its wording, so what travels together stays together; a source
keeps its number of documents in every stratum; a wording keeps its number of sources. The states are the
assignments of sources to documents in which no two documents that share a wording have the same source.
A Markov chain walks through them: two documents of a stratum exchange their sources, unless that gives a
wording the same source twice. Each state is as likely as any
other. What pairs share on average is computed (see `exchange`); states tell what part of all links are occasions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64, U64, inline, kernel
from inchorus.relate.links import CLASSES, Links
from inchorus.relate.occasions import match_tables, occasions
from inchorus.relate.sorted_arrays import among

BURN_IN = 10


class Pairs(NamedTuple):
    """Pairs of sources by row: `a` < `b`, and their keys, a x `sources` + b, which rise."""

    a: I64
    b: I64
    keys: I64
    sources: int


def index_pairs(keys: I64, sources: int) -> Pairs:
    """Pairs from their keys, lesser source x `sources` + greater source, each once, sorted.

    >>> index_pairs(np.array([1, 5]), 3).b.tolist()
    [1, 2]
    """
    return Pairs(keys // sources, keys % sources, keys, sources)


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
        if _clash(i, sj, j, sources, first, other) or _clash(j, si, i, sources, first, other):
            continue
        sources[i] = sj
        sources[j] = si
        done += 1
    return done


class Observed(NamedTuple):
    """Occasions: `counts` of each pair by class (pairs, classes); `edges`, the links that they are; `row`, of each one.

    Only of pairs that are listed: who meets in crowds only is not.
    """

    counts: I64
    edges: I32
    row: I64


def observe(links: Links, sources: I32, pairs: Pairs) -> Observed:
    """The occasions of each pair as the sources stand."""
    out = np.empty(len(links.a), np.int32)
    about = (links.a, links.b, links.about_first, links.about, pairs.sources)
    edges = out[: occasions(sources, *about, 1, *match_tables(links), out)]
    one, two = sources[links.a[edges]].astype(np.int64), sources[links.b[edges]].astype(np.int64)
    key = np.minimum(one, two) * pairs.sources + np.maximum(one, two)
    row = np.minimum(np.searchsorted(pairs.keys, key), max(0, len(pairs.keys) - 1)).astype(np.int64)
    listed = pairs.keys[row] == key if len(pairs.keys) else np.zeros(len(key), bool)
    edges, row = edges[listed], row[listed]
    counts = np.bincount(row * CLASSES + links.cls[edges], minlength=len(pairs.keys) * CLASSES)
    return Observed(counts.reshape(-1, CLASSES).astype(np.int64, copy=False), edges, row)


class States(NamedTuple):
    """What states of the null model hold.

    `occasions`: of all pairs by class, on average; `moved`: the share of documents whose source is not their own at
    last.
    """

    occasions: F64
    moved: float


def states(links: Links, sources: I32, stratum: I32, members: I32, n_sources: int, draws: int, seed: int = 0) -> States:
    """Means over `draws` states of the chain, one sweep apart after a burn-in; `members` take part in exchanges."""
    now = sources.copy()
    ordered = members[np.argsort(stratum[members], kind="stable")]
    counts = np.bincount(stratum[members], minlength=int(stratum.max()) + 1)
    first_in = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    movable = np.flatnonzero(np.diff(links.first)).astype(np.int32)
    state = np.array([88172645463325252 + 7919 * 2 * seed], np.uint64)
    chain = (movable, stratum, first_in, ordered, links.first, links.other, state)
    tables, out = match_tables(links), np.empty(len(links.a), np.int32)
    total = np.zeros(CLASSES)
    for _ in range(BURN_IN):
        _exchange(now, *chain)
    for k in range(draws):
        _exchange(now, *chain)
        n = occasions(now, links.a, links.b, links.about_first, links.about, n_sources, k + 2, *tables, out)
        total += np.bincount(links.cls[out[:n]], minlength=CLASSES)
    moved = float((now[movable] != sources[movable]).mean()) if len(movable) else 1.0
    return States(total / draws, moved)


def matched_documents(links: Links, edges: I32, source: I32) -> I64:
    """The documents (or units) of each occasion, that of the lesser source first."""
    matches = np.stack([links.a[edges], links.b[edges]], axis=1).astype(np.int64)
    swap = source[matches[:, 0]] > source[matches[:, 1]]
    matches[swap] = matches[swap][:, ::-1]
    return matches


class Unlisted(NamedTuple):
    """Pairs of sources that share nothing, all of them or some drawn by lot, and how many there are."""

    a: I64
    b: I64
    whole: int


def unlisted(pairs: Pairs, able: BOOL, most: int = 200_000) -> Unlisted:
    """The pairs of `able` sources that are not among `pairs`; `most` of all pairs drawn where there are more."""
    who = np.flatnonzero(able).astype(np.int64)
    n = len(who)
    if n * (n - 1) // 2 <= most:
        i, j = np.triu_indices(n, 1)
    else:
        i, j = np.sort(np.random.default_rng(0).integers(0, n, (2, most)), axis=0)
    a, b = who[i], who[j]
    free = (a != b) & ~among(a * pairs.sources + b, pairs.keys)
    a, b = a[free], b[free]
    order = np.argsort(a, kind="stable")
    return Unlisted(a[order], b[order], n * (n - 1) // 2 - int((able[pairs.a] & able[pairs.b]).sum()))
