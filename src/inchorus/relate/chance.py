"""The null model: sources exchanged among the documents of one stratum of time.

A document keeps all of its wording, so what travels together stays together; a source keeps its number
of documents in every stratum; a wording keeps its number of sources. The states are all assignments of
the sources to the documents for which no two documents that share a wording have the same source, each
as likely as any other. A Markov chain of exchanges draws from them (the argument is that of Besag and
Clifford 1989 for sequential Monte Carlo tests: the observed state is one of them): two documents of a
stratum exchange their sources, unless that gives a wording the same source twice.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import I32, I64, U64, kernel, inline


class Graph(NamedTuple):
    """Documents that share wording.

    `first` (documents + 1) and `other` are the neighbours of each document; `a`, `b`, `cls` are the same
    edges, once each and the rarest wording first: two documents, and the class of the rarest wording that
    they share.
    """

    first: I64
    other: I32
    a: I32
    b: I32
    cls: I32


@inline
def _next(state: U64) -> int:
    # xorshift64*: Vigna 2016, doi:10.1145/2845077
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return int((x * np.uint64(2685821657736338717)) >> np.uint64(33))


@kernel
def exchange(
    source: I32, movable: I32, stratum: I32, first_in: I64, members: I32, first: I64, other: I32, state: U64
) -> int:
    """One sweep: each document of `movable` offers its source to another of its stratum; how many did."""
    done = 0
    for i in movable:
        lo = first_in[stratum[i]]
        n = first_in[stratum[i] + 1] - lo
        j = members[lo + _next(state) % n]
        si = source[i]
        sj = source[j]
        if si == sj:
            continue
        clash = False
        for k in range(first[i], first[i + 1]):
            if source[other[k]] == sj and other[k] != j:
                clash = True
                break
        if not clash:
            for k in range(first[j], first[j + 1]):
                if source[other[k]] == si and other[k] != i:
                    clash = True
                    break
        if not clash:
            source[i] = sj
            source[j] = si
            done += 1
    return done


@kernel
def occasions(source: I32, a: I32, b: I32, cls: I32, n_sources: int, stamp: int, table: I64, marks: I64, out: I64) -> int:
    """Match documents pair by pair of sources, the rarest wording first; write (pair, class) of each match.

    A document counts once with each other source. `table` and `marks` are an open hash table whose size is
    a power of two; `stamp` tells this call's entries from older ones. Returns how many of `out` were
    written: class + 64 x (lesser source x n_sources + greater source).
    """
    mask = len(table) - 1
    n = 0
    for e in range(len(a)):
        sa = np.int64(source[a[e]])
        sb = np.int64(source[b[e]])
        if sa == sb:
            continue
        taken = False
        ka = a[e] * np.int64(n_sources) + sb
        kb = b[e] * np.int64(n_sources) + sa
        for key in (ka, kb):
            h = (key * 0x9E3779B97F4A7C15 >> 17) & mask
            while marks[h] == stamp:
                if table[h] == key:
                    taken = True
                    break
                h = (h + 1) & mask
        if taken:
            continue
        for key in (ka, kb):
            h = (key * 0x9E3779B97F4A7C15 >> 17) & mask
            while marks[h] == stamp:
                h = (h + 1) & mask
            marks[h] = stamp
            table[h] = key
        out[n] = (min(sa, sb) * np.int64(n_sources) + max(sa, sb)) * 64 + cls[e]
        n += 1
    return n
