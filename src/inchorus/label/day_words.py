"""Words that come and go with the days: how far a wording is about what happens, and not what is said on any day."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import F64, I64, U32, kernel
from inchorus.match.families import Families
from inchorus.match.lcs import in_order
from inchorus.words.corpus import DAY, NEVER, Corpus

TOP = 3  # words of a wording that are bound most to days


@kernel
def _count(word: U32, offsets: I64, order: I64, day: I64, documents: I64, days: I64) -> None:
    """Documents with each word, of those in `order`, and days with it; documents come in the order of days."""
    last_document = np.full(len(documents), -1, np.int32)
    last_day = np.full(len(documents), -1, np.int32)
    for k in range(len(order)):
        d = order[k]
        for p in range(offsets[d], offsets[d + 1]):
            w = word[p]
            if last_document[w] != k:
                last_document[w] = k
                documents[w] += 1
                if last_day[w] != day[k]:
                    last_day[w] = day[k]
                    days[w] += 1


@kernel
def _most(word: U32, begin: I64, end: I64, bits: F64, out: F64) -> None:
    for f in range(len(begin)):
        words = word[begin[f] : end[f]]
        order = in_order(words)
        best = np.zeros(TOP)
        for k in range(len(order)):
            if k and words[order[k]] == words[order[k - 1]]:
                continue
            b = bits[words[order[k]]]
            for r in range(TOP):
                if b > best[r]:
                    b, best[r] = best[r], b
        for r in range(TOP):
            out[f] += best[r]


def bound_to_days(corpus: Corpus) -> F64:
    """For each word the bits by which it stands on fewer days than its documents, spread evenly, would be on.

    Residual idf (Church and Gale 1995), with days for documents: 0 for a word that is used on any day. Only documents
    with a time count; where there are none, or they are of one day, no word is bound to any.
    """
    known = np.flatnonzero(corpus.earliest != NEVER)
    order = known[np.argsort(corpus.earliest[known], kind="stable")]
    number = np.unique(corpus.earliest[order] // DAY, return_inverse=True)[1].astype(np.int64)
    n = len(corpus.frequency)
    documents, days = np.zeros(n, np.int64), np.zeros(n, np.int64)
    _count(corpus.word, corpus.offsets, order, number, documents, days)
    all_days = int(number.max(initial=0)) + 1
    out = np.zeros(n)
    used = days > 0
    out[used] = np.log2(-np.expm1(-documents[used] / all_days)) - np.log2(days[used] / all_days)
    return np.asarray(np.maximum(out, 0.0))


def day_words(corpus: Corpus, families: Families) -> F64:
    """By talking point the bits of the `TOP` words of its canonical wording that are bound most to days."""
    begin, end = families.begin[families.canonical], families.end[families.canonical]
    out = np.zeros(len(begin))
    _most(corpus.word, begin, end, bound_to_days(corpus), out)
    return out
