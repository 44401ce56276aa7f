"""What the words of a wording tell of it: whether people are quoted with such words, and how many sources use them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import F64, I64, U8, U32, kernel
from inchorus.match.families import Families
from inchorus.match.lcs import in_order
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IN_QUOTES

SEEN = 20.0  # occurrences of a word that weigh as much as the word of the corpus that tells nothing
RISE = 4.0  # of the share of quoted ones, a word: half a nat more than usual is nine tenths of the way to all


class Words(NamedTuple):
    """One entry a talking point, 0 to 1 each.

    spoken: how much its words are those that stand in quotation marks in this corpus rather than outside; a half
    where they tell nothing. common: the share of the corpus's sources that use its words, in the geometric mean, each
    word weighed by its rarity in documents.
    """

    spoken: F64
    common: F64


@kernel
def _count(word: U32, flags: U8, offsets: I64, source: U32, quoted: I64, sources: I64) -> None:
    last = np.full(len(quoted), -1, np.int64)
    for d in range(len(offsets) - 1):
        for p in range(offsets[d], offsets[d + 1]):
            w = word[p]
            quoted[w] += (flags[p] & IN_QUOTES) != 0
            if last[w] != source[d]:
                last[w] = source[d]
                sources[w] += 1


@kernel
def _measure(word: U32, begin: I64, end: I64, odds: F64, bits: F64, share: F64, spoken: F64, common: F64) -> None:
    for f in range(len(begin)):
        words = word[begin[f] : end[f]]
        total = 0.0
        for w in words:
            total += odds[w]
        spoken[f] = 1.0 / (1.0 + np.exp(-RISE * total / max(1, len(words))))
        order = in_order(words)
        weight = 1e-9
        shares = 0.0
        for k in range(len(order)):
            w = words[order[k]]
            if k == 0 or w != words[order[k - 1]]:
                weight += bits[w]
                shares += bits[w] * share[w]
        common[f] = np.exp(shares / weight)


def of_words(corpus: Corpus, families: Families) -> Words:
    """Measure the canonical wordings by how their words are used in the whole corpus.

    Quotation marks teach, in any language, which words people say and which are told about them: where a corpus has
    none, all words tell nothing.
    """
    n = len(families.canonical)
    quoted, sources = (np.zeros(len(corpus.frequency), np.int64) for _ in range(2))
    _count(corpus.word, corpus.flags, corpus.offsets, corpus.source, quoted, sources)
    usual = float(quoted.sum()) / max(1, len(corpus.word))
    odds = np.zeros(len(quoted))
    if 0 < usual < 1:
        inside = (quoted + SEEN * usual) / usual
        odds = np.log(inside) - np.log((corpus.frequency - quoted + SEEN * (1 - usual)) / (1 - usual))
    bits = -np.log2(corpus.documents / (len(corpus.source) + 1))
    share = np.log(np.maximum(sources, 1) / max(1, int(sources.max(initial=1))))
    out = Words(np.zeros(n), np.zeros(n))
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    _measure(corpus.word, begin, end, odds, bits, share, *out)
    return out
