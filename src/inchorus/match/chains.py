"""Paths that follow each other in the same documents, joined across small edits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U32, U64, kernel
from inchorus.compiled.sorting import rising
from inchorus.match.grams import NONE
from inchorus.match.lcs import lcs_length, match_table
from inchorus.match.paths import Paths, Segments

LOOK_AHEAD = 24  # segments of a document that are looked at after each one
FAR = 30  # words: the widest edit that two paths are joined across
CLOSE = 6  # words between two paths that count as an edit whatever they are
ALIKE = 0.4  # of the words between two paths that two documents have in common, where there are more
WITNESSES = 4  # documents that are compared for it
RAGGED = 12  # n-grams that a document may lack at the joined ends and still count as having both


class Chains(NamedTuple):
    """Where each path lies: on which chain (uint32), from which n-gram of it (uint32)."""

    chain: U32
    base: U32
    length: U32  # n-grams, one entry a chain


class Occurrences(NamedTuple):
    """Stretches of documents that run along one chain, edits and all; sorted by chain, then place.

    document, chain (uint32). begin, end (int64): words of the corpus. low, high (uint32): n-grams of
    the chain, half-open. hits (uint32): n-grams in common. first (int64, one more than occurrences):
    its segments are `first[i]:first[i + 1]` of `words` (int64), `places` (uint32), `runs` (uint32).
    """

    document: U32
    chain: U32
    begin: I64
    end: I64
    low: U32
    high: U32
    hits: U32
    first: I64
    words: I64
    places: U32
    runs: U32


@kernel
def _neighbours(
    document: U32,
    word: U32,
    path: U32,
    index: U32,
    run: U32,
    length: U32,
    begins: U32,
    ends: U32,
    gram: int,
    keys: U64,
    gaps: U32,
    after: I64,
) -> int:
    """Pairs of paths that stand near each other in order; with empty `keys`, only their number."""
    n = 0
    for i in range(len(path)):
        p = path[i]
        if np.int64(index[i]) + run[i] + RAGGED < length[p]:
            continue
        end = np.int64(word[i]) + length[p] - index[i]
        for j in range(i + 1, min(len(path), i + 1 + LOOK_AHEAD)):
            if document[j] != document[i] or np.int64(word[j]) - end > FAR + gram + RAGGED:
                break
            q = path[j]
            if q == p or index[j] > RAGGED or 2 * ends[p] <= begins[q] or 2 * begins[q] <= ends[p]:
                continue
            gap = np.int64(word[j]) - index[j] - end
            if gap < 0 or gap > FAR + gram or gap > np.int64(length[p]) + length[q] + 2 * gram:
                continue
            if len(keys):
                keys[n] = (np.uint64(p) << np.uint64(32)) | np.uint64(q)
                gaps[n] = gap
                after[n] = end + gram - 1
            n += 1
    return n


@kernel
def _between(word: U32, rows: I64, gaps: U32, after: I64, gram: int) -> bool:
    """Whether what stands between two paths is an edit, or the same text again, rather than other text.

    It is where some document has few words there, and where the words of the first document are for two
    fifths (in order) those of half of the next few that are asked.
    """
    shortest = np.int64(FAR)
    for row in rows:
        shortest = min(shortest, np.int64(gaps[row]) - gram + 1)
    if shortest <= CLOSE:
        return True
    asked = 0
    agree = 0
    first = int(rows[0])
    size = int(gaps[first]) - gram + 1
    distinct, table = match_table(word[after[first] : after[first] + size])
    for row in rows[1 : 1 + WITNESSES]:
        other = int(gaps[row]) - gram + 1
        matched = lcs_length(distinct, table, size, word[after[row] : after[row] + other])
        asked += 1
        agree += 1 if matched >= ALIKE * max(size, other) else 0
    return 2 * agree >= asked


@kernel
def _best(
    word: U32,
    gram: int,
    order: I64,
    keys: U64,
    gaps: U32,
    after: I64,
    begins: U32,
    ends: U32,
    forward: U32,
    gap: U32,
    backward: U32,
    back_gap: U32,
) -> None:
    """For each path the nearest one that follows it in more than half of the uses of either."""
    lo = 0
    n = len(order)
    while lo < n:
        key = keys[order[lo]]
        hi = lo
        near = np.uint32(0xFFFFFFFF)
        while hi < n and keys[order[hi]] == key:
            near = min(near, gaps[order[hi]])
            hi += 1
        p = np.int64(key >> np.uint64(32))
        q = np.int64(key & np.uint64(0xFFFFFFFF))
        better = near < gap[p] or near < back_gap[q]
        often = 2 * (hi - lo) > max(ends[p], begins[q])
        if better and often and _between(word, order[lo:hi], gaps, after, gram):
            if near < gap[p]:
                gap[p] = near
                forward[p] = q
            if near < back_gap[q]:
                back_gap[q] = near
                backward[q] = p
        lo = hi


@kernel
def _lay(forward: U32, gap: U32, backward: U32, length: U32, chain: U32, base: U32, total: U32) -> int:
    none = np.uint32(0xFFFFFFFF)
    n = 0
    for circles in range(2):
        for p in range(len(length)):
            before = backward[p]
            joined = before != none and forward[before] == p
            if chain[p] != none or (circles == 0 and joined):
                continue
            q = np.uint32(p)
            at = np.uint32(0)
            while True:
                chain[q] = n
                base[q] = at
                total[n] = at + length[q]
                r = forward[q]
                if r == none or backward[r] != q or chain[r] != none:
                    break
                at += length[q] + gap[q]
                q = r
            n += 1
    return n


def join(word: U32, paths: Paths, segments: Segments, gram: int) -> Chains:
    """Join paths whose documents agree: where one follows the other in more than half of the uses of either.

    A popular phrase inside a copied text breaks the text's path; the two sides are joined across it
    here, and the phrase stays a path of its own. Two wordings that stand near each other in the same
    documents, with other text between them in each, stay two. `word` is the corpus's.
    """
    n = len(paths.length)
    begins, ends = np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    heads = paths.place == 0
    begins[paths.path[heads]] = paths.uses[heads]
    tails = paths.place == paths.length[paths.path] - 1
    ends[paths.path[tails]] = paths.uses[tails]
    pairs = (*segments, paths.length, begins, ends, gram)
    count = _neighbours(*pairs, np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.int64))
    keys, gaps, after = np.empty(count, np.uint64), np.empty(count, np.uint32), np.empty(count, np.int64)
    if count:
        _neighbours(*pairs, keys, gaps, after)
    forward, backward = np.full(n, NONE, np.uint32), np.full(n, NONE, np.uint32)
    gap, back_gap = np.full(n, NONE, np.uint32), np.full(n, NONE, np.uint32)
    _best(
        word, gram, np.argsort(keys, kind="stable"), keys, gaps, after, begins, ends, forward, gap, backward, back_gap
    )
    chain, base, total = np.full(n, NONE, np.uint32), np.zeros(n, np.uint32), np.zeros(n, np.uint32)
    chains = _lay(forward, gap, backward, paths.length, chain, base, total)
    return Chains(chain, base, total[:chains].copy())


@kernel
def _gather(document: U32, word: U32, chain: U32, place: U32, run: U32, gram: int, heads: I64, order: I64) -> int:
    """Sort each document's segments by chain, and mark where an occurrence begins."""
    n = len(document)
    lo = 0
    found = 0
    while lo < n:
        hi = lo
        while hi < n and document[hi] == document[lo]:
            hi += 1
        keys = np.empty(hi - lo, np.uint64)
        for k in range(hi - lo):
            keys[k] = chain[lo + k]
        by_chain = rising(keys)
        for k in range(hi - lo):
            i = lo + by_chain[k]
            order[lo + k] = i
            fresh = k == 0
            if not fresh:
                j = lo + by_chain[k - 1]
                step = np.int64(word[i]) - word[j]  # in the document
                stride = np.int64(place[i]) - place[j]  # on the chain
                covered = np.int64(run[j])
                fresh = (
                    chain[i] != chain[j]
                    or stride <= 0
                    or stride + np.int64(run[i]) <= covered  # said again, not gone on with
                    or step - covered > FAR + gram
                    or stride - covered > 2 * (FAR + gram)
                    or abs(step - stride) > FAR
                )
            if fresh:
                heads[found] = lo + k
                found += 1
        lo = hi
    return found


def occurrences(segments: Segments, chains: Chains, gram: int, min_words: int) -> Occurrences:
    """Join segments of one document along one chain; chains shorter than `min_words` are left out."""
    long_enough = chains.length + gram - 1 >= min_words
    kept = np.flatnonzero(long_enough[chains.chain[segments.path]])
    document, word, path, run = (
        segments.document[kept],
        segments.word[kept],
        segments.path[kept],
        segments.length[kept],
    )
    chain = chains.chain[path]
    place = chains.base[path] + segments.place[kept]
    heads, order = np.empty(len(kept), np.int64), np.empty(len(kept), np.int64)
    found = _gather(document, word, chain, place, run, gram, heads, order)
    heads = heads[:found]
    last = np.append(heads[1:], len(kept)) - 1
    words, places, runs = word[order].astype(np.int64), place[order], run[order]
    document, chain = document[order][heads], chain[order][heads]
    counts = last - heads + 1
    by_chain = np.argsort(chain, kind="stable")
    pick = _ranges(heads[by_chain], counts[by_chain])
    first = np.concatenate([[0], np.cumsum(counts[by_chain])]).astype(np.int64)
    heads, last = heads[by_chain], last[by_chain]
    total = np.concatenate([[0], np.cumsum(runs.astype(np.int64))])
    return Occurrences(
        document[by_chain],
        chain[by_chain],
        words[heads],
        words[last] + runs[last] + gram - 1,
        places[heads],
        places[last] + runs[last],
        (total[last + 1] - total[heads]).astype(np.uint32),
        first,
        words[pick],
        places[pick],
        runs[pick],
    )


def _ranges(starts: I64, counts: I64) -> I64:
    """Concatenate the ranges `start, start + 1, …` of the given counts."""
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64), counts)
    return shift + np.arange(int(counts.sum()), dtype=np.int64)
