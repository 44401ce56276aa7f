"""Words by which a corpus attributes quotations, learned from it, for texts that have lost their marks."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64, U8, U32, kernel
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IN_QUOTES, IS_CAPITAL

NEAR = 6  # words after a closing mark in which an attribution stands, and around a passage
LIFT = 8.0  # times that a word is likelier there than anywhere
OFTEN = 20  # times that it must stand there


@kernel
def _after_quotes(word: U32, flags: U8, offsets: I64, count: I64) -> int:
    """Count uncapitalised words soon after a quotation ends; return how many words stand there in all."""
    total = 0
    for d in range(len(offsets) - 1):
        last = -NEAR - 1  # the last word of a quotation
        for p in range(offsets[d], offsets[d + 1]):
            if flags[p] & IN_QUOTES:
                last = p
            elif p - last <= NEAR:
                total += 1
                if not flags[p] & IS_CAPITAL:
                    count[word[p]] += 1
    return total


@kernel
def _marked(flags: U8, offsets: I64, out: U8) -> None:
    for d in range(len(offsets) - 1):
        for p in range(offsets[d], offsets[d + 1]):
            if flags[p] & IN_QUOTES:
                out[d] = 1
                break


@kernel
def _beside(word: U32, offsets: I64, document: U32, begin: I64, end: I64, marked: U8, says: U8, out: BOOL) -> None:
    for i in range(len(document)):
        d = document[i]
        if marked[d]:
            continue
        for p in range(max(offsets[d], begin[i] - NEAR), min(offsets[d + 1], end[i] + NEAR)):
            if says[word[p]]:
                out[i] = True


def attribution_words(corpus: Corpus) -> U8:
    """Mark the words that follow closing quotation marks at least `LIFT` times as often as they stand anywhere.

    uint8, one entry a word number; none is marked in a corpus without quotation marks.
    """
    count = np.zeros(len(corpus.frequency), np.int64)
    total = _after_quotes(corpus.word, corpus.flags, corpus.offsets, count)
    expected = corpus.frequency * (total / max(1, len(corpus.word)))
    return ((count >= OFTEN) & (count >= LIFT * expected)).astype(np.uint8)


def share_quoted(corpus: Corpus, families: Families, inside: BOOL) -> F64:
    """For each family the share of its passages that are quoted; `inside` marks those inside quotation marks.

    In a document without any quotation mark, a passage counts that has an attribution in it or within six words.
    """
    marked = np.zeros(len(corpus.source), np.uint8)
    _marked(corpus.flags, corpus.offsets, marked)
    quoted = inside.copy()
    columns = (families.document, families.begin, families.end)
    _beside(corpus.word, corpus.offsets, *columns, marked, attribution_words(corpus), quoted)
    n = len(families.canonical)
    return np.bincount(families.family, weights=quoted, minlength=n) / np.maximum(
        np.bincount(families.family, minlength=n), 1
    )
