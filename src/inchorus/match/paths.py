"""Stretches of wording: unbranched paths through the graph of shared n-grams.

The graph is a compacted de Bruijn graph (Compeau, Pevzner and Tesler 2011) whose edges are weighted
by use. An n-gram is linked to its successor only where more than half of the occurrences of either
stand in that order, so a phrase that everybody uses ends a path and never bridges two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32, kernel
from inchorus.match.grams import NONE


class Paths(NamedTuple):
    """Shared n-grams as places on paths.

    path, place (uint32): one entry an n-gram, its path and its place there. length (uint32): one
    entry a path, in n-grams. uses (uint32): one entry an n-gram, its occurrences.
    """

    path: U32
    place: U32
    length: U32
    uses: U32


class Segments(NamedTuple):
    """Maximal runs of documents along one path, in the order of the corpus.

    document, path, place, length (uint32) and word (uint32): the run starts at word `word` of the
    corpus and covers the n-grams `place:place + length` of the path.
    """

    document: U32
    word: U32
    path: U32
    place: U32
    length: U32


@kernel
def _successors(gram: U32, offsets: I64, n: int, uses: U32, candidate: U32, votes: U32, follows: U32) -> None:
    """The majority successor of each n-gram (Boyer and Moore 1981), then its count."""
    none = np.uint32(0xFFFFFFFF)
    for d in range(len(offsets) - 1):
        for p in range(offsets[d], offsets[d + 1]):
            a = gram[p]
            if a == none:
                continue
            uses[a] += 1
            b = gram[p + 1] if p + 1 < offsets[d + 1] else none
            if votes[a] == 0:
                candidate[a] = b
                votes[a] = 1
            elif candidate[a] == b:
                votes[a] += 1
            else:
                votes[a] -= 1
    for d in range(len(offsets) - 1):
        for p in range(offsets[d], offsets[d + 1] - 1):
            a = gram[p]
            if a != none and gram[p + 1] != none and candidate[a] == gram[p + 1]:
                follows[a] += 1
    for a in range(n):
        b = candidate[a]
        if b == none or b == a or 2 * follows[a] <= uses[a] or 2 * follows[a] <= uses[b]:
            candidate[a] = none


@kernel
def _walk(n: int, following: U32, path: U32, index: U32, length: U32) -> int:
    none = np.uint32(0xFFFFFFFF)
    has_previous = np.zeros(n, np.uint8)
    for a in range(n):
        if following[a] != none:
            has_previous[following[a]] = 1
    paths = 0
    # First the paths that have a beginning, then the circles, each cut at its earliest n-gram.
    for circles in range(2):
        for a in range(n):
            if path[a] != none or (circles == 0 and has_previous[a]):
                continue
            b = np.uint32(a)
            i = 0
            while b != none and path[b] == none:
                path[b] = paths
                index[b] = i
                i += 1
                b = following[b]
            length[paths] = i
            paths += 1
    return paths


@kernel
def _segments(gram: U32, offsets: I64, path: U32, index: U32, out: U32, count_only: bool) -> int:
    none = np.uint32(0xFFFFFFFF)
    n = 0
    for d in range(len(offsets) - 1):
        p = offsets[d]
        while p < offsets[d + 1]:
            g = gram[p]
            if g == none:
                p += 1
                continue
            q = p + 1
            while q < offsets[d + 1] and gram[q] != none:
                h = gram[q]
                if path[h] != path[g] or index[h] != index[g] + (q - p):
                    break
                q += 1
            if not count_only:
                out[0, n] = d
                out[1, n] = p
                out[2, n] = path[g]
                out[3, n] = index[g]
                out[4, n] = q - p
            n += 1
            p = q
    return n


def compact(gram: U32, n: int, offsets: I64) -> Paths:
    """Compact `n` n-grams (see `shared_grams`) into paths, in time linear in the words."""
    uses, votes, follows = (np.zeros(n, np.uint32) for _ in range(3))
    candidate = np.full(n, NONE, np.uint32)
    _successors(gram, offsets, n, uses, candidate, votes, follows)
    path, index = np.full(n, NONE, np.uint32), np.zeros(n, np.uint32)
    length = np.zeros(n, np.uint32)
    paths = _walk(n, candidate, path, index, length)
    return Paths(path, index, length[:paths].copy(), uses)


def segments(gram: U32, offsets: I64, paths: Paths) -> Segments:
    """Read every document as runs along the paths."""
    n = _segments(gram, offsets, paths.path, paths.place, np.empty((5, 0), np.uint32), True)
    out = np.empty((5, n), np.uint32)
    _segments(gram, offsets, paths.path, paths.place, out, False)
    return Segments(out[0], out[1], out[2], out[3], out[4])
