"""Passages edited so heavily that no shared n-gram is left, found by the rare words of known wordings."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U8, U32, U64, kernel
from inchorus.compiled.sorting import place, put_in_order
from inchorus.engine.executor import Executor
from inchorus.match.candidates import FILTER_BITS, LONGEST, RARE, SHARED, index_wordings, pair_keys, rare_words
from inchorus.match.families import KEPT, Families
from inchorus.match.lcs import lcs_length, match_table
from inchorus.match.sentences import Sentences
from inchorus.match.smith_waterman import best_span
from inchorus.words.corpus import Corpus

_SENTENCES_A_PART = 1 << 14
_CROWD = 64  # talking points with the same two rare words that a sentence is tried against


@kernel
def _cover(begin: I64, end: I64, covered: U8) -> None:
    for i in range(len(begin)):
        covered[begin[i] : end[i]] = 1


@kernel
def _mark(word: U32, floor: int, lo: int, hi: int, ceiling: int, mark: int, near: U32) -> None:
    """Note of each word how far from the sentence `lo:hi` it stands, up to LONGEST words and within the document."""
    for p in range(max(floor, lo - LONGEST), lo):
        near[word[p]] = (mark << 8) + lo - p
    for p in range(min(ceiling, hi + LONGEST) - 1, hi - 1, -1):
        known = near[word[p]]
        if known >> 8 != mark or known & 255 > p - hi + 1:
            near[word[p]] = (mark << 8) + p - hi + 1
    for p in range(lo, hi):
        near[word[p]] = mark << 8


@kernel
def _standing(canonical: U32, mark: int, near: U32) -> int:
    """Words of a wording that stand in the marked sentence, or as far from it as the wording is long."""
    n = 0
    for w in canonical:
        n += near[w] >> 8 == mark and near[w] & 255 <= len(canonical)
    return n


@kernel
def _recruit(
    word: U32, bounds: I64, doc_of: U32, offsets: I64, covered: U8, rank: I64, seen: U8, keys: U64,
    of_key: I64, begin: I64, end: I64, near: U32, first: int, last: int, min_words: int, least: float,
) -> tuple[I64, F64]:  # fmt: skip
    """Rows of family, document, begin, end; and similarities, of sentences `first:last`.

    `near` is room for a number a word of the vocabulary, all 0.
    """
    shift = np.uint64(64 - FILTER_BITS)
    out = np.empty((64, 4), np.int64)
    like = np.empty(64)
    n = 0
    rare = np.empty(RARE, np.uint32)
    own = np.empty(RARE * RARE, np.uint64)
    met = np.empty(RARE * RARE * _CROWD, np.uint64)
    for s in range(first, last):
        lo, hi = bounds[s], bounds[s + 1]
        free = 0
        for p in range(lo, hi):
            free += covered[p] == 0
        if 2 * free <= hi - lo:
            continue
        count = pair_keys(rare[: rare_words(word[lo:hi], rank, rare)], own)
        n_met = 0
        for k in range(count):
            bit = (own[k] * np.uint64(0x9E3779B97F4A7C15)) >> shift
            if not seen[bit >> np.uint64(3)] & (1 << (bit & np.uint64(7))):
                continue
            at = place(keys, own[k])
            stop = min(len(keys), at + _CROWD)
            while at < stop and keys[at] == own[k]:
                met[n_met] = of_key[at]
                n_met += 1
                at += 1
        if n_met < SHARED:
            continue
        put_in_order(met[:n_met])
        d = doc_of[s]
        best = -1.0
        best_family, best_begin, best_end = np.int64(0), np.int64(0), np.int64(0)
        mark = 0
        i = 0
        while i < n_met:
            j = i
            while j < n_met and met[j] == met[i]:
                j += 1
            if j - i >= SHARED:
                f = np.int64(met[i])
                canonical = word[begin[f] : end[f]]
                m = len(canonical)
                if mark == 0:
                    mark = s - first + 1
                    _mark(word, offsets[d], lo, hi, offsets[d + 1], mark, near)
                # No alignment keeps more words than stand there; most wordings have too few.
                most = _standing(canonical, mark, near)
                if 2.0 * most < least * (m + most) or most < KEPT * min_words:
                    i = j
                    continue
                w0, w1 = max(offsets[d], lo - m), min(offsets[d + 1], hi + m)
                a, b = best_span(canonical, word[w0:w1])
                b0, b1 = w0 + a, w0 + b
                # What aligns best may be a passage near by that is known already.
                known = 0
                for p in range(b0, b1):
                    known += covered[p]
                if 2 * known >= b1 - b0:
                    i = j
                    continue
                if 2.0 * min(m, b1 - b0) >= least * (m + b1 - b0):
                    distinct, table = match_table(canonical)
                    matched = lcs_length(distinct, table, m, word[b0:b1])
                    similarity = 2.0 * matched / (m + b1 - b0)
                    enough = matched >= KEPT * min_words and similarity >= least
                    if enough and similarity > best:
                        best, best_family, best_begin, best_end = similarity, f, b0, b1
            i = j
        if best >= 0:
            if n == len(out):
                wider, longer = np.empty((2 * n, 4), np.int64), np.empty(2 * n)
                for k in range(n):
                    longer[k] = like[k]
                    for c in range(4):
                        wider[k, c] = out[k, c]
                out, like = wider, longer
            out[n, 0], out[n, 1], out[n, 2], out[n, 3] = best_family, d, best_begin, best_end
            like[n] = best
            n += 1
    return out[:n].copy(), like[:n].copy()


def recruit(
    corpus: Corpus, families: Families, cut: Sentences, min_words: int, min_similarity: float, threads: int
) -> Families:
    """Add to families the passages that are like their canonical wording but share no n-gram with it.

    A sentence that no passage covers is tried against the wordings with which it shares three of its
    eight rarest words, and aligned with them. The families come back unsorted; `canonical` still holds.
    """
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    index = index_wordings(corpus, begin, end)
    if not len(index.keys):
        return families
    covered = np.zeros(len(corpus.word), np.uint8)
    _cover(families.begin, families.end, covered)
    doc_of = np.repeat(np.arange(len(corpus.source), dtype=np.uint32), np.diff(cut.offsets))
    total = len(cut.bounds) - 1

    def run(first: int) -> tuple[I64, F64]:
        return _recruit(
            corpus.word, cut.bounds, doc_of, corpus.offsets, covered, index.rank, index.seen, index.keys, index.of_key,
            begin, end, np.zeros(len(corpus.documents), np.uint32), first, min(first + _SENTENCES_A_PART, total),
            min_words, min_similarity,
        )  # fmt: skip

    found = list(Executor(threads).map(run, range(0, total, _SENTENCES_A_PART)))
    rows = np.concatenate([np.empty((0, 4), np.int64), *(r for r, _ in found)])
    return Families(
        np.concatenate([families.family, rows[:, 0]]),
        np.concatenate([families.document, rows[:, 1].astype(np.uint32)]),
        np.concatenate([families.begin, rows[:, 2]]),
        np.concatenate([families.end, rows[:, 3]]),
        np.concatenate([families.similarity, *(like for _, like in found)]),
        families.canonical,
    )
