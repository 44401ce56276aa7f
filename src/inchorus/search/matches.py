"""Which texts of an index have all that a query asks for, and how well they fit it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64, U8, U32, kernel
from inchorus.search.bm25 import fit, norms, rarity
from inchorus.search.index import Index, span
from inchorus.search.query import Term


class Wanted(NamedTuple):
    """A term as numbers: for each of its words the range of words of the index that will do, and its rarity.

    lo, hi (int64): half-open ranges. exact: the number of the last word itself where its beginning is
    enough; -1 if that is no word. weight: inverse document frequencies, summed over the words.
    """

    lo: I64
    hi: I64
    exact: int
    weight: float


class Matches(NamedTuple):
    """The numbers of the texts that match (int64, rising), how well each does, and the terms that it has."""

    texts: I64
    score: F64
    terms: list[Wanted]


def match(index: Index, terms: Sequence[Term], without: Sequence[Term], allowed: BOOL) -> Matches:
    """The texts among `allowed` (one entry a text) that have all of `terms` and none of `without`."""
    wanted = [_wanted(index, term) for term in terms]
    none = Matches(np.empty(0, np.int64), np.empty(0, np.float64), wanted)
    if any((term.lo == term.hi).any() for term in wanted):
        return none
    alive = allowed.copy()
    times: list[U32] = []
    for term in wanted:
        for lo, hi in zip(term.lo, term.hi, strict=True):
            count = _times(index, int(lo), int(hi))
            alive &= count > 0
        times.append(count)
    # Where words follow each other is looked up only in texts that have them all.
    for i, term in enumerate(wanted):
        if len(term.lo) > 1:
            times[i] = _phrases(index, alive, term)
            alive &= times[i] > 0
    for term in (_wanted(index, term) for term in without):
        one = len(term.lo) == 1
        found = _times(index, int(term.lo[0]), int(term.hi[0])) if one else _phrases(index, alive, term)
        alive &= found == 0
    texts = np.flatnonzero(alive)
    norm = norms(index)[texts]
    score = np.zeros(len(texts))
    for term, count in zip(wanted, times, strict=True):
        score += term.weight * fit(count[texts].astype(np.float64), norm)
        if term.exact >= 0 and len(term.lo) == 1:  # what is typed so far counts for more where it is the whole word
            same = _times(index, term.exact, term.exact + 1)
            score += rarity(len(index), int(np.count_nonzero(same))) * fit(same[texts].astype(np.float64), norm)
    return Matches(texts, score, wanted)


def places(words: U32, term: Wanted) -> I64:
    """Where a term begins among the words of a text, from the left and without overlap (int64)."""
    n = len(words) - len(term.lo) + 1
    if n <= 0:
        return np.empty(0, np.int64)
    found = np.ones(n, np.bool_)
    for k, (lo, hi) in enumerate(zip(term.lo, term.hi, strict=True)):
        found &= (words[k : k + n] >= lo) & (words[k : k + n] < hi)
    at = np.flatnonzero(found)
    if len(term.lo) == 1 or len(at) < 2:
        return at
    kept = [int(at[0])]
    for place in at[1:].tolist():
        if place >= kept[-1] + len(term.lo):
            kept.append(place)
    return np.array(kept, np.int64)


def _wanted(index: Index, term: Term) -> Wanted:
    last = len(term.words) - 1
    spans = [span(index, word, term.prefix and k == last) for k, word in enumerate(term.words)]
    lo, hi = np.array(spans, np.int64).T
    exact = -1
    if term.prefix:
        alone = span(index, term.words[-1])
        exact = alone[0] if alone[0] < alone[1] else -1
    weight = 0.0
    for a, b in spans:
        # Of many words with one beginning, how many texts have any is not worth a pass: the commonest stands for them.
        commonest = int(np.diff(index.bounds[a : b + 1]).max(initial=0)) if a < b else 0
        weight += rarity(len(index), commonest)
    return Wanted(lo, hi, exact, weight)


def _times(index: Index, lo: int, hi: int) -> U32:
    """How often any word of a range is in each text."""
    out = np.zeros(len(index), np.uint32)
    begin, end = index.bounds[lo], index.bounds[hi]
    _add(index.texts[begin:end], index.times[begin:end], out)
    return out


def _phrases(index: Index, alive: BOOL, term: Wanted) -> U32:
    out = np.zeros(len(index), np.uint32)
    lo, size = term.lo.astype(np.uint32), (term.hi - term.lo).astype(np.uint32)
    _count(index.stream, index.offsets, np.flatnonzero(alive), lo, size, out)
    return out


@kernel
def _add(texts: U32, times: U8, out: U32) -> None:
    for i in range(len(texts)):
        out[texts[i]] += times[i]


@kernel
def _count(stream: U32, offsets: I64, rows: I64, lo: U32, size: U32, out: U32) -> None:
    """Count where words of the given ranges follow each other, without overlap."""
    first, width = lo[0], size[0]
    for t in rows:
        part = stream[offsets[t] : offsets[t + 1]]
        free = 0
        for i in range(len(part) - len(lo) + 1):
            # One comparison for both ends of the range: what lies below it wraps around to large numbers.
            if np.uint32(part[i] - first) < width and i >= free:
                k = 1
                while k < len(lo) and np.uint32(part[i + k] - lo[k]) < size[k]:
                    k += 1
                if k == len(lo):
                    out[t] += 1
                    free = i + k
