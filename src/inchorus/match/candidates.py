"""Which documents are worth comparing sentence by sentence: those whose sentences share rare words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64, U8, U32, U64, kernel
from inchorus.match.sentences import Sentences
from inchorus.words.corpus import Corpus

# Calibrated on pan13_train without its list of pairs: of the pairs that share a passage these find 0.96
# (translated), 0.96 (words shuffled), 0.98 (summarised) and 1.00 (verbatim), comparing 0.3 % of all pairs.
RARE = 8  # words of a sentence that it is looked up by: the rarest that other documents have too
COMMON = 10  # a word in more than one document of so many is not rare, save in a small corpus
FEW = 100  # documents: a word in no more of them is rare anyhow
ALIKE = 14  # documents added to a frequency before its octave is taken: 2 to 17 are one
SHARED = 3  # pairs of rare words that two sentences must share: three words
CROWD = 32  # sentences with the same two rare words that are paired each with each
HUBS = 4  # of a larger crowd each is paired with its first few, so that no wording is too popular to be found

LONGEST = 80  # words; a longer wording keeps n-grams through any edit that leaves it recognisable
FILTER_BITS = 24


class Index(NamedTuple):
    """Wordings by pairs of their rare words: keys (uint64, sorted), of_key (int64, the wording), seen (a filter).

    rank: of each word (see `rarity_ranks`). longest: words of the longest wording that was indexed.
    """

    keys: U64
    of_key: I64
    seen: U8
    rank: I64
    longest: int


def rarity_ranks(corpus: Corpus) -> I64:
    """A rank for each word of the vocabulary, the rarest lowest; -1 for words that are in one document or common.

    By octaves of frequency, and at random within one: counts of 3 and 4 say the same of a word's rarity, but
    an edited copy lacks just the words that the fewest have.
    """
    number = np.arange(len(corpus.documents), dtype=np.uint64)
    lot = (number * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(38)
    octave = np.log2(corpus.documents + ALIKE).astype(np.int64)
    rank = (octave << 58) | (lot.astype(np.int64) << 32) | number.astype(np.int64)
    most = max(len(corpus.source) // COMMON, FEW)
    rank[(corpus.documents < 2) | (corpus.documents > most)] = -1
    return rank


@kernel
def rare_words(words: U32, rank: I64, out: U32) -> int:
    """Write the distinct words of the lowest ranks of at least 0, lowest first; return how many."""
    n = 0
    for w in words:
        r = rank[w]
        if r < 0 or (n == len(out) and r >= rank[out[n - 1]]):
            continue
        k = n
        while k > 0 and rank[out[k - 1]] > r:
            k -= 1
        if k > 0 and out[k - 1] == w:
            continue
        if n < len(out):
            n += 1
        for m in range(n - 1, k, -1):
            out[m] = out[m - 1]
        out[k] = w
    return n


@kernel
def pair_keys(rare: U32, out: U64) -> int:
    """Write a key for each two of some words; return how many."""
    n = 0
    for i in range(len(rare)):
        for j in range(i + 1, len(rare)):
            x = np.uint64(min(rare[i], rare[j]))
            y = np.uint64(max(rare[i], rare[j]))
            out[n] = (x << np.uint64(32)) | y
            n += 1
    return n


@kernel
def _keys(word: U32, bounds: I64, rank: I64, keys: U64, sentence: U32) -> int:
    """Pairs of rare words, a row for each sentence that has them."""
    rare = np.empty(RARE, np.uint32)
    n = 0
    for s in range(len(bounds) - 1):
        some = rare[: rare_words(word[bounds[s] : bounds[s + 1]], rank, rare)]
        count = pair_keys(some, keys[n:])
        sentence[n : n + count] = s
        n += count
    return n


@kernel
def _meetings(keys: U64, sentence: U32, document: U32, source: U32, out: U64) -> int:
    """Pairs of sentences of two sources that share a key; with empty `out`, only their number."""
    n = 0
    lo = 0
    while lo < len(keys):
        hi = lo
        while hi < len(keys) and keys[hi] == keys[lo]:
            hi += 1
        hubs = hi - lo if hi - lo <= CROWD else HUBS
        for i in range(lo, lo + hubs):
            for j in range(i + 1, hi):
                if source[document[sentence[i]]] != source[document[sentence[j]]]:
                    if len(out):
                        out[n] = (np.uint64(sentence[i]) << np.uint64(32)) | np.uint64(sentence[j])
                    n += 1
        lo = hi
    return n


def candidate_pairs(corpus: Corpus, cut: Sentences) -> I64:
    """Pairs of documents of two sources that may share an edited passage: int64, (pairs, 2), sorted."""
    none = np.empty((0, 2), np.int64)
    room = (len(cut.bounds) - 1) * RARE * (RARE - 1) // 2
    keys, sentence = np.empty(room, np.uint64), np.empty(room, np.uint32)
    n = _keys(corpus.word, cut.bounds, rarity_ranks(corpus), keys, sentence)
    keys, sentence = keys[:n], sentence[:n]
    order = np.argsort(keys, kind="stable")
    keys, sentence = keys[order], sentence[order]
    document = np.repeat(np.arange(len(corpus.source), dtype=np.uint32), np.diff(cut.offsets))
    met = np.empty(_meetings(keys, sentence, document, corpus.source, np.empty(0, np.uint64)), np.uint64)
    if not len(met):
        return none
    _meetings(keys, sentence, document, corpus.source, met)
    pairs, times = np.unique(met, return_counts=True)
    pairs = pairs[times >= SHARED]
    a = document[(pairs >> np.uint64(32)).astype(np.int64)].astype(np.uint64)
    b = document[(pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)].astype(np.uint64)
    of_documents = np.unique((np.minimum(a, b) << np.uint64(32)) | np.maximum(a, b))
    return np.stack([of_documents >> np.uint64(32), of_documents & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)


@kernel
def _index(word: U32, begin: I64, end: I64, rank: I64, keys: U64, of_key: I64, seen: U8) -> int:
    """Pairs of rare words of each wording; with empty `keys`, only their number."""
    shift = np.uint64(64 - FILTER_BITS)
    rare = np.empty(RARE, np.uint32)
    own = np.empty(RARE * RARE, np.uint64)
    n = 0
    for f in range(len(begin)):
        if end[f] - begin[f] > LONGEST:
            continue
        count = pair_keys(rare[: rare_words(word[begin[f] : end[f]], rank, rare)], own)
        if len(keys):
            for k in range(count):
                keys[n + k] = own[k]
                of_key[n + k] = f
                bit = (own[k] * np.uint64(0x9E3779B97F4A7C15)) >> shift
                seen[bit >> np.uint64(3)] |= 1 << (bit & np.uint64(7))
        n += count
    return n


def index_wordings(corpus: Corpus, begin: I64, end: I64) -> Index:
    """Index wordings (spans of the corpus) of at most `LONGEST` words."""
    rank = rarity_ranks(corpus)
    seen = np.zeros(1 << (FILTER_BITS - 3), np.uint8)
    tables = (corpus.word, begin, end, rank)
    n = _index(*tables, np.empty(0, np.uint64), np.empty(0, np.int64), seen)
    keys, of_key = np.empty(n, np.uint64), np.empty(n, np.int64)
    if n:
        _index(*tables, keys, of_key, seen)
    order = np.argsort(keys, kind="stable")
    return Index(keys[order], of_key[order], seen, rank, LONGEST)


def meetings(keys: U64, of_key: I64, n: int) -> tuple[I64, I64]:
    """Pairs of the `n` wordings of an index that share as many pairs of rare words as sentences must, sorted."""
    own = np.arange(n, dtype=np.uint32)
    met = np.empty(_meetings(keys, of_key.astype(np.uint32), own, own, np.empty(0, np.uint64)), np.uint64)
    if len(met):
        _meetings(keys, of_key.astype(np.uint32), own, own, met)
    pairs, times = np.unique(met, return_counts=True)
    pairs = pairs[times >= SHARED]
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
