"""How much a wording says: its words weighed by how rarely anybody else uses them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.match.families import Families
from inchorus.match.lcs import in_order
from inchorus.words.corpus import Corpus

RAREST = 3  # words of a wording that tell best whether it is a formula
UNSEEN = 2.5  # what a word weighs that is surely used by nobody else; a rare name of 35 million words weighs 2.3


class Common(NamedTuple):
    """One entry a talking point: the weight of its words, and of its three rarest, in ordinary running words."""

    weight: F64
    rarest: F64


def ordinary(corpus: Corpus) -> tuple[F64, float]:
    """The bits of each word of the vocabulary, -log2 of its share of the running words, and their mean over these."""
    return word_bits(corpus.frequency), mean_bits(corpus.frequency)


def word_bits(frequency: I64) -> F64:
    """The bits of each word, -log2 of its share of all uses; each word is used."""
    bits: F64 = -np.log2(frequency / max(1, int(frequency.sum())))
    return bits


def mean_bits(frequency: I64) -> float:
    """The mean of the bits of words over all their uses; a word that is never used has no part in it."""
    used = frequency[frequency > 0]
    return float((used * word_bits(used)).sum()) / max(1, int(used.sum()))


@kernel
def _weigh(
    word: U32, begin: I64, end: I64, passages: I64, frequency: I64, bits: float, running: int, weight: F64, rarest: F64
) -> None:
    for f in range(len(begin)):
        words = word[begin[f] : end[f]]
        order = in_order(words)
        best = np.zeros(RAREST)
        k = 0
        while k < len(order):
            j = k
            while j < len(order) and words[order[j]] == words[order[k]]:
                j += 1
            # What the talking point itself uses says nothing of how common a word is, and few uses say little: a word
            # is as common as it surely is (two standard errors of a count below what was counted).
            elsewhere = float(max(0, frequency[words[order[k]]] - (j - k) * passages[f]))
            surely = elsewhere - 2.0 * np.sqrt(elsewhere)
            w = min(UNSEEN, -np.log2(max(1.0, surely) / running) / bits) if surely > 0 else UNSEEN
            weight[f] += w * (j - k)
            for r in range(RAREST):
                if w > best[r]:
                    w, best[r] = best[r], w
            k = j
        for r in range(RAREST):
            rarest[f] += best[r]


def weighed(word: U32, begin: I64, end: I64, uses: I64, frequency: I64) -> Common:
    """Weigh the wordings `begin:end` of `word`, of which each is used so often, by how often words are used in all."""
    running = max(1, int(frequency.sum()))
    bits = mean_bits(frequency) or 1.0
    weight, rarest = np.zeros(len(begin)), np.zeros(len(begin))
    _weigh(word, begin, end, uses, frequency, bits, running, weight, rarest)
    return Common(weight, rarest)


def common(corpus: Corpus, families: Families) -> Common:
    """Weigh the canonical wordings.

    A word weighs -log2 of its share of the running words, over the mean of this over all running words, so that an
    ordinary word weighs 1. Only uses outside of the talking point count, and only as many as are certain: in a small
    corpus nothing is common for lack of data.
    """
    n = len(families.canonical)
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    return weighed(corpus.word, begin, end, np.bincount(families.family, minlength=n), corpus.frequency)
