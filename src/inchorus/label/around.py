"""Names and figures right beside a wording: whether each of its documents says it of something else."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U8, U32, inline, kernel
from inchorus.match.families import Families
from inchorus.match.spans import HEAVY, are_names, named
from inchorus.match.word_weights import ordinary
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_NUMBER, STARTS_SENTENCE

REACH = 40  # words on each side, to the end of the sentence, among which the other's name is looked for
BESIDE = 4  # of these, words in which a name or a figure is right beside the wording
SEEN = 12  # passages that are compared, spread over all of them
_NONE = -1


@inline
def _ends(flags: U8, low: int, high: int, begin: int, end: int, side: int) -> int:
    """How many words of its sentence stand before a passage (side 0) or behind it, `REACH` at most."""
    n = 0
    while n < REACH:
        p = begin - 1 - n if side == 0 else end + n
        # Of what stands before, the word behind may begin the sentence; of what stands behind, the word itself.
        if p < low or p >= high or flags[p + 1 if side == 0 else p] & STARTS_SENTENCE:
            break
        n += 1
    return n


@kernel
def _beside(
    word: U32, flags: U8, tells: U8, low: int, high: int, begin: int, end: int, around: I64, beside: I64
) -> None:
    """Write the names and figures around a passage, in any order, and the one nearest before it and behind it."""
    n = 0
    for side in range(2):
        beside[side] = _NONE
        for step in range(_ends(flags, low, high, begin, end, side)):
            p = begin - 1 - step if side == 0 else end + step
            if tells[word[p]] or flags[p] & IS_NUMBER:
                around[n] = word[p]
                n += 1
                if step < BESIDE and beside[side] == _NONE:
                    beside[side] = word[p]
    around[n:] = _NONE


@inline
def _lacks(around: I64, name: int) -> bool:
    """Whether there is a name, and another sentence has it nowhere."""
    if name == _NONE:
        return False
    for other in around:
        if other == name:
            return False
        if other == _NONE:
            break
    return True


@kernel
def _compare(
    word: U32, flags: U8, offsets: I64, tells: U8, document: U32, begin: I64, end: I64, first: I64, out: F64
) -> None:
    around = np.empty((SEEN, 2 * REACH + 1), np.int64)
    beside = np.empty((SEEN, 2), np.int64)
    for f in range(len(first) - 1):
        n = first[f + 1] - first[f]
        seen = min(SEEN, n)
        for k in range(seen):
            i = first[f] + k * n // seen
            low, high = offsets[document[i]], offsets[document[i] + 1]
            _beside(word, flags, tells, low, high, begin[i], end[i], around[k], beside[k])
        pairs, before, behind = 0, 0, 0
        for k in range(seen):
            for j in range(k):
                pairs += 1
                before += _lacks(around[j], beside[k, 0]) and _lacks(around[k], beside[j, 0])
                behind += _lacks(around[j], beside[k, 1]) and _lacks(around[k], beside[j, 1])
        if pairs:
            out[f] = max(before, behind) / pairs


def others_beside(corpus: Corpus, families: Families) -> F64:
    """Of the pairs of passages of each talking point, the share with different names or figures right beside it.

    That is, in the `BESIDE` words before it, or behind it, in its sentence, each with one that the other's sentence has
    nowhere. Names are words of weight that the corpus writes with a capital inside sentences, if not all nouns are
    written so. `families` are sorted by family; of more than `SEEN` passages so many are compared.
    """
    bits, mean = ordinary(corpus)
    names = named(corpus)
    tells = ((bits >= HEAVY * mean) & (names > 0) & are_names(corpus, names)).astype(np.uint8)
    first = np.searchsorted(families.family, np.arange(len(families.canonical) + 1)).astype(np.int64)
    out = np.zeros(len(families.canonical))
    _compare(
        corpus.word, corpus.flags, corpus.offsets, tells, families.document, families.begin, families.end, first, out
    )
    return out
