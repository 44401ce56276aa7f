"""Every wording that sources have in common to the letter and at full length: a suffix array of shared stretches."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I32, I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.match.families import Families
from inchorus.match.stretches import Visits
from inchorus.words.corpus import Corpus

KNOWN = 4  # families over one place that are looked at: of more, the last that begin


class Repeats(NamedTuple):
    """Wordings that sources share, none of which begins a longer one of as many sources.

    order (int64): the suffix array, pieces of `Visits`. first, stop (int64), one entry a wording, the longest first:
    it begins at the pieces `order[first:stop]`. pieces, words (int64): its length.
    """

    order: I64
    first: I64
    stop: I64
    pieces: I64
    words: I64


@kernel
def longer(table: I64, n: int) -> I64:
    """The first n columns of a table, with room for as many again and some."""
    more = np.zeros((table.shape[0], 2 * n + 64), np.int64)
    for row in range(table.shape[0]):
        for i in range(n):
            more[row, i] = table[row, i]
    return more


@kernel
def _tied(key: U64, slot: I64, rank: U64, active: I64) -> int:
    """Give every piece the first slot of those with its key as its rank; keep what is still tied, and how many."""
    low = np.uint64(0xFFFFFFFF)
    n = 0
    a = 0
    while a < len(key):
        b = a
        while b < len(key) and key[b] == key[a]:
            rank[active[b]] = slot[a]
            b += 1
        # A key without a second half is that of pieces that end here: they are equal, and stay in order.
        if b - a > 1 and key[a] & low != 0:
            for k in range(a, b):
                active[n], slot[n] = active[k], slot[k]
                n += 1
        a = b
    return n


@kernel
def _order(symbol: U32, stop: I64) -> I64:
    m = len(symbol)
    key = np.empty(m, np.uint64)
    for i in range(m):
        key[i] = np.uint64(symbol[i]) + np.uint64(1)
    order = rising(key)
    active, slot = np.empty(m, np.int64), np.empty(m, np.int64)
    sorted_key = np.empty(m, np.uint64)
    for k in range(m):
        active[k], slot[k], sorted_key[k] = order[k], k, key[order[k]]
    rank = np.empty(m, np.uint64)
    step = 1
    n = _tied(sorted_key, slot, rank, active)
    while n > 0:
        for k in range(n):
            i = active[k]
            key[k] = rank[i] << np.uint64(32)
            if i + step < stop[i]:
                key[k] |= rank[i + step] + np.uint64(1)
        by = rising(key[:n])
        for k in range(n):
            sorted_key[k] = key[by[k]]
            by[k] = active[by[k]]
        for k in range(n):
            active[k] = by[k]
            order[slot[k]] = by[k]
        step *= 2
        n = _tied(sorted_key[:n], slot, rank, active)
    return order


class Suffixes(NamedTuple):
    """order (int64): pieces of `Visits`, sorted; common (int32): the symbols that each has in common with the last."""

    order: I64
    common: I32


def suffixes(visits: Visits) -> Suffixes:
    """The pieces, sorted by the symbols from each to the end of its stretch; of equals, in the order of the corpus.

    Doubles the number of symbols that are compared (Manber and Myers 1993), and sorts again only what is still tied
    (Larsson and Sadakane 2007), by counting: at worst `n log n` for n pieces.
    """
    order = _order(visits.symbol, visits.stop)
    common = np.empty(len(order), np.int32)
    if len(order):
        _common(visits.symbol, visits.stop, order, common)
    return Suffixes(order, common)


@kernel
def _common(symbol: U32, stop: I64, order: I64, out: I32) -> None:
    """Symbols that each place of the order has in common with the one before it (Kasai et al. 2001)."""
    m = len(order)
    rank = np.empty(m, np.int64)
    for k in range(m):
        rank[order[k]] = k
    h = 0
    for i in range(m):
        if rank[i] == 0:
            out[0] = 0
            h = 0
            continue
        j = order[rank[i] - 1]
        while i + h < stop[i] and j + h < stop[j] and symbol[i + h] == symbol[j + h]:
            h += 1
        out[rank[i]] = h
        h = max(h - 1, 0)


@kernel
def _known(word: I64, family: I64, begin: I64, end: I64, first: I64) -> I64:
    """For each piece up to `KNOWN` families with a passage over its first word, and how far on these end.

    Passages come sorted by `begin`. Piece i has the columns `first[i]:first[i + 1]` of (family, words on).
    """
    out = np.empty((2, len(word) + 64), np.int64)
    active = np.empty(64, np.int64)
    held = 0
    n = 0
    k = 0
    for i in range(len(word)):
        first[i] = n
        while k < len(begin) and begin[k] <= word[i]:
            if held == len(active):
                keep = 0
                for a in range(held):
                    if end[active[a]] > word[i]:
                        active[keep] = active[a]
                        keep += 1
                held = keep
                if held == len(active):
                    held -= 1
            active[held] = k
            held += 1
            k += 1
        keep = 0
        for a in range(held):
            if end[active[a]] > word[i]:
                active[keep] = active[a]
                keep += 1
        held = keep
        for a in range(max(0, held - KNOWN), held):
            if n == out.shape[1]:
                out = longer(out, n)
            out[0, n] = family[active[a]]
            out[1, n] = end[active[a]] - word[i]
            n += 1
    first[len(word)] = n
    return out


@kernel
def _take(families: I64, reach: I64, frame: int, of: I64, until: I64) -> None:
    """Leave to a frame the families that the given ones have too, each with the lesser reach."""
    if reach[frame, 0] < 0:  # untouched
        for k in range(KNOWN):
            given = k < len(of)
            families[frame, k] = of[k] if given else -1
            reach[frame, k] = until[k] if given else 0
        return
    for k in range(KNOWN):
        f = families[frame, k]
        if f < 0:
            continue
        most = np.int64(0)
        for j in range(len(of)):
            if of[j] == f:
                most = max(most, until[j])
        reach[frame, k] = min(reach[frame, k], most)
        if most == 0:
            families[frame, k] = -1


@kernel
def _deeper(table: I64) -> I64:
    """The rows of a table, with room for twice as many."""
    more = np.empty((2 * len(table), table.shape[1]), np.int64)
    for i in range(len(table)):
        for k in range(table.shape[1]):
            more[i, k] = table[i, k]
    return more


@kernel
def _meets(left: I64, top: int, place: int) -> int:
    """The last of the frames up to `top` that begins at `place` or before."""
    lo, hi = 0, top
    while lo < hi:
        middle = (lo + hi + 1) // 2
        if left[middle] <= place:
            lo = middle
        else:
            hi = middle - 1
    return lo


@kernel
def _open(
    order: I64, common: I32, word: I64, stop: I64, last: I64, source: U32, known: I64, covers: I64, size: int,
    min_words: int, min_sources: int,
) -> I64:  # fmt: skip
    """Intervals of the suffix array that no one family covers at all of their places: begin, end, pieces, words.

    Distinct sources of an interval are its places less one for each two neighbouring places of one source
    (Hui 1992), counted where these two meet.
    """
    m = len(order)
    out = np.empty((4, 1024), np.int64)
    frames = np.zeros((4, 64), np.int64)
    families = np.full((64, KNOWN), -1, np.int64)
    reach = np.full((64, KNOWN), -1, np.int64)
    depth, left, twice, most = frames[0], frames[1], frames[2], frames[3]
    sources = 0
    for i in range(m):
        sources = max(sources, int(source[i]) + 1)
    before = np.full(sources, -1, np.int64)
    top = 0
    n = 0
    for k in range(1, m + 1):
        here = np.int64(common[k]) if k < m else np.int64(0)
        if here > depth[top]:
            top += 1
            if top == len(families):
                frames, families, reach = longer(frames, top), _deeper(families), _deeper(reach)
                depth, left, twice, most = frames[0], frames[1], frames[2], frames[3]
            depth[top], left[top], twice[top], most[top] = here, k - 1, 0, 0
            reach[top, 0] = -1
        i = order[k - 1]
        s = source[i]
        if top:
            _take(families, reach, top, covers[0, known[i] : known[i + 1]], covers[1, known[i] : known[i + 1]])
            if before[s] >= 0:
                twice[_meets(left, top, before[s])] += 1
        before[s] = k - 1
        while depth[top] > here:
            count = k - left[top] - twice[top]
            behind = i + depth[top]
            words = (word[behind] + size - 1 if behind < stop[i] else last[i]) - word[i]
            if count >= min_sources and words >= min_words and count > most[top]:
                covered = False
                for c in range(KNOWN):
                    covered |= families[top, c] >= 0 and reach[top, c] >= words
                if not covered:
                    if n == out.shape[1]:
                        out = longer(out, n)
                    out[0, n], out[1, n], out[2, n], out[3, n] = left[top], k, depth[top], words
                    n += 1
            lower = max(here, depth[top - 1])
            if lower > depth[top - 1]:
                # The interval goes on at a lesser depth: the same frame, wider.
                depth[top] = lower
                most[top] = max(most[top], count)
            else:
                twice[top - 1] += twice[top]
                most[top - 1] = max(most[top - 1], count)
                if top > 1:
                    _take(families, reach, top - 1, families[top], reach[top])
                top -= 1
    return out[:, :n].copy()


def open_repeats(
    corpus: Corpus, visits: Visits, of: Suffixes, families: Families, size: int, min_words: int, min_sources: int
) -> Repeats:
    """The wordings of `min_words` words or more that no one family has at all of their places.

    `size` is the words of an n-gram, `families` as `settle` leaves them, `of` comes from `suffixes`. Time is linear in
    the pieces, but for sorting.
    """
    order, common = of
    if not len(order):
        return Repeats(*(np.empty(0, np.int64) for _ in range(5)))
    by = np.argsort(families.begin, kind="stable")
    known = np.empty(len(order) + 1, np.int64)
    covers = _known(visits.word, families.family[by], families.begin[by], families.end[by], known)
    source = corpus.source[visits.document]
    out = _open(
        order, common, visits.word, visits.stop, visits.last, source, known, covers, size, min_words, min_sources
    )
    first, stop, pieces, words = np.ascontiguousarray(out[:, np.lexsort((out[0], -out[3]))])
    return Repeats(order, first, stop, pieces, words)
