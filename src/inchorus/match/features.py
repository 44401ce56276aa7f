"""What the labels and the ranking go by: where passages stand, how they are written, who repeats them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.kernel import F64, I64, U8, U32, U64, kernel
from inchorus.match.families import Families
from inchorus.prepare.corpus import Corpus
from inchorus.prepare.tokens import IN_QUOTES, IS_CAPITAL, IS_NUMBER, STARTS_LINE, STARTS_SENTENCE

HABIT = 3  # documents of one source with the same wording that make it a habit
SAME_PLACE = 12  # words by which a habitual wording's distance from the text's start or end may vary
_PAIRS = 8  # passages of a talking point that are paired each with each; of more, each with the canonical one


class Features(NamedTuple):
    """One entry a talking point.

    passages, documents, sources (int64): how many. words (int64): of the canonical passage.
    quoted: share of passages that stand inside quotation marks. copied: median over its documents of
    the share of the text that another document of the talking point has too, in all wordings taken
    together. habit: share of passages from sources that repeat the wording. fixed: share of passages
    that are such a repeat at the same place of the text. capitals: share of its words, weighed by
    their bits, that start with a capital. numbers: share of its words that are numbers. bounded:
    share of passages that start and end where sentences or lines do. information: bits, the sum over
    its distinct words of -log2(documents with the word / (documents + 1)). usual_capitals (one number): the
    same share as `capitals`, in the whole corpus.
    """

    passages: I64
    documents: I64
    sources: I64
    words: I64
    quoted: F64
    copied: F64
    habit: F64
    fixed: F64
    capitals: F64
    numbers: F64
    bounded: F64
    information: F64
    usual_capitals: float


@kernel
def _passage_flags(begin: I64, end: I64, flags: U8, doc_end: I64, quoted: F64, bounded: U8) -> None:
    for i in range(len(begin)):
        n = 0
        for p in range(begin[i], end[i]):
            n += (flags[p] & IN_QUOTES) != 0
        quoted[i] = n / (end[i] - begin[i])
        opens = (flags[begin[i]] & (STARTS_SENTENCE | STARTS_LINE)) != 0
        closes = end[i] == doc_end[i] or (flags[end[i]] & (STARTS_SENTENCE | STARTS_LINE)) != 0
        bounded[i] = opens and closes


@kernel
def _wording(
    word: U32, flags: U8, begin: I64, end: I64, rarity: F64, capitals: F64, numbers: F64, information: F64
) -> None:
    for i in range(len(begin)):
        capital = 0.0
        plain = 0.0
        number = 0
        for p in range(begin[i], end[i]):
            if flags[p] & IS_NUMBER:
                number += 1
                continue
            # By rarity, so that the small words of a name ("of the", in any language) weigh next to nothing.
            plain += rarity[word[p]]
            if flags[p] & IS_CAPITAL:
                capital += rarity[word[p]]
        capitals[i] = capital / plain if plain > 0 else 0.0
        numbers[i] = number / (end[i] - begin[i])
        bits = 0.0
        for w in np.unique(word[begin[i] : end[i]]):
            bits += rarity[w]
        information[i] = bits


@kernel
def _usual_capitals(word: U32, flags: U8, rarity: F64) -> float:
    capital = 0.0
    plain = 1e-9
    for p in range(len(word)):
        if not flags[p] & IS_NUMBER:
            plain += rarity[word[p]]
            if flags[p] & IS_CAPITAL:
                capital += rarity[word[p]]
    return capital / plain


@kernel
def _habits(family: I64, source: U32, document: U32, from_start: I64, to_end: I64, habit: U8, fixed: U8) -> None:
    """Rows come sorted by family and source."""
    lo = 0
    n = len(family)
    while lo < n:
        hi = lo
        documents = 0
        while hi < n and family[hi] == family[lo] and source[hi] == source[lo]:
            if hi == lo or document[hi] != document[hi - 1]:
                documents += 1
            hi += 1
        if documents >= HABIT:
            head = np.median(from_start[lo:hi])
            tail = np.median(to_end[lo:hi])
            for i in range(lo, hi):
                habit[i] = 1
                fixed[i] = abs(from_start[i] - head) <= SAME_PLACE or abs(to_end[i] - tail) <= SAME_PLACE
        lo = hi


@kernel
def _pair_keys(family: I64, document: U32, size: I64, canonical: I64, keys: U64, words: I64) -> int:
    """Pairs of documents that share a talking point, with its words; rows come sorted by family."""
    n = 0
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            hi += 1
        few = hi - lo <= _PAIRS
        middle = canonical[family[lo]]
        for i in range(lo, hi):
            for j in range(i + 1 if few else middle, hi if few else middle + 1):
                a = min(document[i], document[j])
                b = max(document[i], document[j])
                if a == b:
                    continue
                if len(keys):
                    keys[n] = (np.uint64(a) << np.uint64(32)) | np.uint64(b)
                    words[n] = min(size[i], size[j])
                n += 1
        lo = hi
    return n


@kernel
def _most_shared(family: I64, document: U32, canonical: I64, keys: U64, words: I64, length: I64, out: F64) -> None:
    """For each passage the largest share of its text, or of the other, that one other document has too."""
    lo = 0
    while lo < len(family):
        hi = lo
        while hi < len(family) and family[hi] == family[lo]:
            hi += 1
        few = hi - lo <= _PAIRS
        middle = canonical[family[lo]]
        for i in range(lo, hi):
            for j in range(i + 1 if few else middle, hi if few else middle + 1):
                a = min(document[i], document[j])
                b = max(document[i], document[j])
                if a == b:
                    continue
                k = np.searchsorted(keys, (np.uint64(a) << np.uint64(32)) | np.uint64(b))
                share = min(1.0, words[k] / min(length[a], length[b]))
                out[i] = max(out[i], share)
                out[j] = max(out[j], share)
        lo = hi


def _copied(families: Families, length: I64) -> F64:
    size = families.end - families.begin
    columns = (families.family, families.document, size, families.canonical)
    count = _pair_keys(*columns, np.empty(0, np.uint64), np.empty(0, np.int64))
    keys, words = np.empty(count, np.uint64), np.empty(count, np.int64)
    if count:
        _pair_keys(*columns, keys, words)
    pairs, inverse = np.unique(keys, return_inverse=True)
    total = np.bincount(inverse, weights=words, minlength=len(pairs)).astype(np.int64)
    out = np.zeros(len(size))
    _most_shared(families.family, families.document, families.canonical, pairs, total, length, out)
    return out


def _mean(values: F64 | U8, families: Families, n: I64) -> F64:
    return np.bincount(families.family, weights=values, minlength=len(n)) / np.maximum(n, 1)


def _median(values: F64, families: Families, n: I64) -> F64:
    order = np.lexsort((values, families.family))
    first = np.cumsum(n) - n
    return np.asarray(values[order][first + (n - 1) // 2])


def _distinct(families: Families, values: U32) -> I64:
    keys = np.unique((families.family.astype(np.uint64) << np.uint64(32)) | values.astype(np.uint64))
    return np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(families.canonical))


def measure(corpus: Corpus, families: Families) -> Features:
    """Measure every talking point; `families` are sorted by family, then document."""
    n = np.bincount(families.family, minlength=len(families.canonical))
    document = families.document
    doc_start, doc_end = corpus.offsets[document], corpus.offsets[document.astype(np.int64) + 1]
    quoted, bounded = np.empty(len(document)), np.empty(len(document), np.uint8)
    _passage_flags(families.begin, families.end, corpus.flags, doc_end, quoted, bounded)
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    capitals, numbers, information = np.empty(len(n)), np.empty(len(n)), np.empty(len(n))
    rarity = -np.log2(corpus.documents / (len(corpus.source) + 1))
    _wording(corpus.word, corpus.flags, begin, end, rarity, capitals, numbers, information)
    habit, fixed = np.zeros(len(document), np.uint8), np.zeros(len(document), np.uint8)
    source = corpus.source[document]
    _habits(families.family, source, document, families.begin - doc_start, doc_end - families.end, habit, fixed)
    copied = _copied(families, np.diff(corpus.offsets))
    return Features(
        n,
        _distinct(families, document),
        _distinct(families, source),
        end - begin,
        _mean((quoted >= 0.8).astype(np.uint8), families, n),
        _median(copied, families, n),
        _mean(habit, families, n),
        _mean(fixed, families, n),
        capitals,
        numbers,
        _mean(bounded, families, n),
        information,
        _usual_capitals(corpus.word, corpus.flags, rarity),
    )
