"""How much a wording says, each word weighed by how rarely others have it behind the word before."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, U64, inline, kernel
from inchorus.match.families import Families
from inchorus.match.word_weights import mean_bits
from inchorus.words.corpus import Corpus

LONGEST = 64  # words; what is longer is no formula, whatever it says
# Uses of a word, besides those in the passages themselves, up to which the frequency anywhere of what follows it tells
# more than what was seen to follow it (Dirichlet's prior; MacKay and Peto 1995).
PRIOR = 5.0
UNSEEN = 0.5  # uses that a word has which others never use
# Surroundings of a pair that are told apart, by linear counting (Whang et al. 1990); where nearly all of them are taken
# there are so many that uses are counted as they are.
ROOM = 64
FULL = 58


@inline
def _key(before: U32, word: U32) -> np.uint64:
    return ((np.uint64(before) << np.uint64(32)) | np.uint64(word)) + np.uint64(1)


@inline
def _slot(key: np.uint64, keys: U64) -> int:
    """Where a pair stands in the table, or the free place where it would."""
    mask = np.uint64(len(keys) - 1)
    h = key * np.uint64(0x9E3779B97F4A7C15)
    at = (h ^ (h >> np.uint64(32))) & mask
    while keys[at] != 0 and keys[at] != key:
        at = (at + np.uint64(1)) & mask
    return int(at)


@inline
def _around(before: int, after: int) -> np.uint64:
    """The bit of one of `ROOM` that stands for the words on both sides of a pair; -1 where a text begins or ends."""
    h = np.uint64(before + 2) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(after + 2)
    h = (h ^ (h >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.uint64(1) << (h >> np.uint64(58))


@inline
def _different(bits: np.uint64) -> float:
    """About how many surroundings have set these bits."""
    n = 0
    while bits:
        bits &= bits - np.uint64(1)
        n += 1
    return np.inf if n >= FULL else -ROOM * np.log(1.0 - n / ROOM)


@kernel
def _pairs(word: U32, begin: I64, end: I64, keys: U64) -> None:
    for f in range(len(begin)):
        for p in range(begin[f] + 1, end[f]):
            key = _key(word[p - 1], word[p])
            keys[_slot(key, keys)] = key


@kernel
def _count(word: U32, offsets: I64, keys: U64, counts: I64, around: U64) -> None:
    for d in range(len(offsets) - 1):
        for p in range(offsets[d] + 1, offsets[d + 1]):
            key = _key(word[p - 1], word[p])
            at = _slot(key, keys)
            if keys[at] == key:
                counts[at] += 1
                before = int(word[p - 2]) if p - 2 >= offsets[d] else -1
                after = int(word[p + 1]) if p + 1 < offsets[d + 1] else -1
                around[at] |= _around(before, after)


@kernel
def _weigh(
    word: U32, begin: I64, end: I64, uses: I64, frequency: I64, keys: U64, counts: I64, around: U64, running: int,
    out: F64,
) -> None:  # fmt: skip
    for f in range(len(begin)):
        for p in range(begin[f], end[f]):
            own, before, both = 0, 0, 0
            for q in range(begin[f], end[f]):
                own += word[q] == word[p]
                before += p > begin[f] and word[q] == word[p - 1]
                both += q > begin[f] and p > begin[f] and word[q] == word[p] and word[q - 1] == word[p - 1]
            share = (max(0, frequency[word[p]] - own * uses[f]) + UNSEEN) / (running + UNSEEN)
            if p > begin[f]:
                at = _slot(_key(word[p - 1], word[p]), keys)
                pairs = float(max(0, counts[at] - both * uses[f]))
                if p - 2 >= begin[f] and p + 1 < end[f]:
                    bits = around[at] & ~_around(int(word[p - 2]), int(word[p + 1]))
                    pairs = min(pairs, _different(bits))
                else:
                    pairs = min(pairs, max(0.0, _different(around[at]) - uses[f]))
                firsts = max(0, frequency[word[p - 1]] - before * uses[f])
                share = min(1.0, (pairs + PRIOR * share) / (firsts + PRIOR))
            out[f] -= np.log2(share)


def following(corpus: Corpus, families: Families) -> F64:
    """What the words of each canonical wording weigh behind one another, in ordinary running words; NaN if too long.

    A word weighs -log2 of how often it stands behind the word before it, of all uses of that one, over the mean of
    what words weigh anywhere (see `word_weights`). Two words count once for each pair of words that they stand between,
    and not between those of the wording: what is nearly the same text is no second witness. Uses in the talking point
    itself do not count, and of a word that others seldom use its frequency anywhere tells. What is longer than
    `LONGEST` words is not asked.
    """
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    asked = np.flatnonzero(end - begin <= LONGEST)
    out = np.full(len(begin), np.nan)
    begin, end = begin[asked], end[asked]
    room = 1 << int(2 * (int((end - begin).sum()) + 1)).bit_length()
    keys, counts, around = np.zeros(room, np.uint64), np.zeros(room, np.int64), np.zeros(room, np.uint64)
    _pairs(corpus.word, begin, end, keys)
    _count(corpus.word, corpus.offsets, keys, counts, around)
    uses = np.bincount(families.family, minlength=len(families.canonical))[asked]
    weight = np.zeros(len(asked))
    running = max(1, int(corpus.frequency.sum()))
    _weigh(corpus.word, begin, end, uses, corpus.frequency, keys, counts, around, running, weight)
    out[asked] = weight / (mean_bits(corpus.frequency) or 1.0)
    return out
