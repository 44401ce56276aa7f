"""Families that are edits of one wording, joined."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U8, U32, U64, kernel
from inchorus.compiled.sorting import place, put_in_order
from inchorus.match.candidates import SHARED, Index, pair_keys, rare_words
from inchorus.match.families import KEPT, Families
from inchorus.match.hashes import wording_hashes
from inchorus.match.lcs import lcs_length, match_table
from inchorus.match.smith_waterman import best_span
from inchorus.words.corpus import Corpus

FITTING = 0.75  # of a family's passages must be like the wording that it is joined to
ESTABLISHED = 3  # passages to the letter that make a wording one of its own


@kernel
def _similar(
    word: U32,
    begin: I64,
    end: I64,
    size: I64,
    rank: I64,
    longest: int,
    keys: U64,
    of_key: I64,
    least: float,
) -> I64:
    """For each family the larger one, of those alike, whose canonical wording is most like its own; or -1."""
    out = np.full(len(begin), -1, np.int64)
    rare = np.empty(8, np.uint32)
    own = np.empty(64, np.uint64)
    met = np.empty(64 * 64, np.uint64)
    for f in range(len(begin)):
        m = end[f] - begin[f]
        if m > longest:
            continue
        count = pair_keys(rare[: rare_words(word[begin[f] : end[f]], rank, rare)], own)
        n = 0
        for k in range(count):
            at = place(keys, own[k])
            stop = min(len(keys), at + 64)
            while at < stop and keys[at] == own[k]:
                met[n] = of_key[at]
                n += 1
                at += 1
        put_in_order(met[:n])
        best = least
        distinct, table = match_table(word[begin[f] : end[f]])
        i = 0
        while i < n:
            j = i
            while j < n and met[j] == met[i]:
                j += 1
            g = np.int64(met[i])
            larger = size[g] > size[f] or (size[g] == size[f] and g < f)
            if j - i >= SHARED and larger:
                k = end[g] - begin[g]
                matched = lcs_length(distinct, table, m, word[begin[g] : end[g]])
                similarity = 2.0 * matched / (m + k)
                if similarity >= best and (similarity > best or out[f] < 0):
                    best = similarity
                    out[f] = g
            i = j
    return out


@kernel
def _move(
    word: U32, offsets: I64, family: I64, document: U32, begin: I64, end: I64, similarity: F64, fits: U8,
    into: I64, from_begin: I64, from_end: I64, min_words: int, least: float,
) -> None:  # fmt: skip
    """Align each passage of a family that is to be joined with the canonical passage of the other."""
    for i in range(len(family)):
        f = into[family[i]]
        if f < 0:
            continue
        k0, k1 = from_begin[f], from_end[f]
        m = k1 - k0
        d = document[i]
        w0, w1 = max(offsets[d], begin[i] - m), min(offsets[d + 1], end[i] + m)
        a, b = best_span(word[k0:k1], word[w0:w1])
        distinct, table = match_table(word[k0:k1])
        matched = lcs_length(distinct, table, m, word[w0 + a : w0 + b])
        like = 2.0 * matched / (m + b - a) if b > a else 0.0
        # The span must be the one that was in the other family, not a second copy near by.
        fits[i] = like >= least and matched >= KEPT * min_words and w0 + a < end[i] and w0 + b > begin[i]
        begin[i], end[i] = w0 + a, w0 + b
        similarity[i] = like


@kernel
def _established(word: U32, family: I64, begin: I64, end: I64, n: int) -> U8:
    """Mark families of which half the passages, three or more, carry one and the same wording."""
    out = np.zeros(n, np.uint8)
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            hi += 1
        hashes = np.empty(hi - lo, np.uint64)
        wording_hashes(word, begin[lo:hi], end[lo:hi], hashes)
        put_in_order(hashes)
        run = 1
        most = 1
        for k in range(1, hi - lo):
            run = run + 1 if hashes[k] == hashes[k - 1] else 1
            most = max(most, run)
        out[family[lo]] = most >= ESTABLISHED and 2 * most >= hi - lo
        lo = hi
    return out


def merge(corpus: Corpus, families: Families, index: Index, min_words: int, least: float) -> Families:
    """Join each family to the larger one whose canonical wording is like its own, where it is.

    A wording that most of its users repeat to the letter is a line of its own, however like another it is:
    two slogans of one pattern are not edits of each other. Passages are aligned anew with the canonical
    passage that they come to; where a quarter of a family is not like it, that family stays as it is.
    """
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    size = np.bincount(families.family, minlength=len(families.canonical))
    into = _similar(corpus.word, begin, end, size, index.rank, index.longest, index.keys, index.of_key, least)
    into[_established(corpus.word, families.family, families.begin, families.end, len(into)) == 1] = -1
    # A family that is joined to one that is itself joined goes where that one goes (pointer jumping).
    for _ in range(8):
        further = np.where(into >= 0, into[np.maximum(into, 0)], -1)
        into = np.where(further >= 0, further, into)
    moved_begin, moved_end, moved_like = families.begin.copy(), families.end.copy(), families.similarity.copy()
    fits = np.zeros(len(families.family), np.uint8)
    _move(
        corpus.word, corpus.offsets, families.family, families.document, moved_begin, moved_end, moved_like, fits, into,
        begin, end, min_words, least,
    )  # fmt: skip
    into[np.bincount(families.family, weights=fits, minlength=len(into)) <= FITTING * size] = -1
    joined = into[families.family] >= 0
    family = np.where(joined, into[families.family], families.family)
    begin_of = np.where(joined, moved_begin, families.begin)
    end_of = np.where(joined, moved_end, families.end)
    similarity = np.where(joined, moved_like, families.similarity)
    canonical = np.zeros(len(family), np.uint8)
    canonical[families.canonical[into < 0]] = 1
    kept = np.flatnonzero(~joined | (fits == 1))
    rows = kept[np.lexsort((begin_of[kept], families.document[kept], family[kept]))]
    numbers = np.cumsum(into < 0) - 1
    return Families(
        numbers[family[rows]].astype(np.int64),
        families.document[rows],
        begin_of[rows],
        end_of[rows],
        similarity[rows],
        np.flatnonzero(canonical[rows]).astype(np.int64),
    )
