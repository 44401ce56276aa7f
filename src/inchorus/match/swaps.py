"""What stands in a passage in the place of what in a wording."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U8, inline, kernel
from inchorus.match.edits import REPLACE, Edits
from inchorus.match.spans import Lexicon, Side, side, texts, whole_numbers
from inchorus.words.corpus import Corpus
from inchorus.words.flags import STARTS_SENTENCE

SLOT = 3  # words at an end, to the end of the sentence, that are read as what stands in the place of the others
INFLECTED = 0.65  # of the letters that two forms of one word have in common at their ends
_LONG_VOWELS = dict.fromkeys(map(ord, "اويةءئؤ"))
_LETTERS = 3  # of a word that may be a form of another, at least

Spans = tuple[I64, I64, I64, I64]


class Swaps(NamedTuple):
    """What stands in the place of what, a row a run inside or at an end (see `SLOT`): its run, both sides.

    unlike: whether both have a word of weight, and none that is a form of one of the other's.
    read: of each pair what of both is read together, without what is cut off, but with numbers whole. cut: of each pair
    whether one of both was cut in the middle of a number.
    """

    run: I64
    a: Side
    b: Side
    unlike: BOOL
    read: Spans
    cut: BOOL


class Ends(NamedTuple):
    """Of each pair the first and last word in common, in the wording (a) and in the passage (b)."""

    a_first: I64
    a_last: I64
    b_first: I64
    b_last: I64


@inline
def _opening(flags: U8, lowest: int, p: int) -> int:
    """The first word of the sentence of `p`, or one further than `SLOT` words before."""
    q = p
    while q > lowest and not flags[q] & STARTS_SENTENCE and p - q <= SLOT:
        q -= 1
    return q


@kernel
def _outer(flags: U8, lowest: I64, highest: I64, first: I64, last: I64, begin: I64, end: I64) -> None:
    """Where the sentences begin and end that the first and last word in common stand in, if within `SLOT` words."""
    for i in range(len(first)):
        q = _opening(flags, lowest[i], first[i])
        begin[i] = q if first[i] - q <= SLOT else -1
        q = last[i]
        while q < highest[i] and not flags[q] & STARTS_SENTENCE and q - last[i] <= SLOT:
            q += 1
        end[i] = q if q - last[i] <= SLOT else -1


def _bounds(corpus: Corpus, place: I64) -> tuple[I64, I64]:
    document = np.searchsorted(corpus.offsets, place, "right") - 1
    return corpus.offsets[document], corpus.offsets[document + 1]


def swaps(
    corpus: Corpus, words: Lexicon, runs: Edits, first: I64, last: I64, pairs: I64, inside: BOOL
) -> tuple[Ends, Swaps]:
    """What is swapped in `pairs`, of which both have the runs `first` to `last`; `inside` are the runs between."""
    a0, a1, b0, b1 = ends = Ends(runs.from_begin[first], runs.from_end[last], runs.to_begin[first], runs.to_end[last])
    before, after = (np.empty((2, len(pairs)), np.int64) for _ in range(2))
    for row, (opens, closes) in enumerate(((a0, a1), (b0, b1))):
        _outer(corpus.flags, *_bounds(corpus, opens), opens, closes, before[row], after[row])
    foremost, hindmost = runs.offsets[pairs], runs.offsets[pairs + 1] - 1
    start = (before >= 0).all(axis=0) & (before[0] < a0) & (before[1] < b0) & (foremost < first)
    stop = (after >= 0).all(axis=0) & (after[0] > a1) & (after[1] > b1) & (hindmost > last)
    within = np.flatnonzero(inside & (runs.op == REPLACE))
    run = np.concatenate([within, foremost[start], hindmost[stop]])
    spans = [
        np.concatenate([own[within], low[start], high[stop]])
        for own, low, high in (
            (runs.from_begin, before[0], a1), (runs.from_end, a0, after[0]),
            (runs.to_begin, before[1], b1), (runs.to_end, b0, after[1]),
        )
    ]  # fmt: skip
    read = (
        np.where(start, before[0], a0), np.where(stop, after[0], a1),
        np.where(start, before[1], b0), np.where(stop, after[1], b1),
    )  # fmt: skip
    a, b = side(corpus, words, spans[0], spans[1]), side(corpus, words, spans[2], spans[3])
    alike = (a.one & b.one | a.other & b.other) != 0
    alike |= (a.turning > 0) & (b.turning == a.turning)
    unlike = (np.minimum(a.heavy, b.heavy) > 0) & ~alike
    unlike[unlike] = _unlike(corpus, words, a, b, np.flatnonzero(unlike))
    whole = tuple(x for low in (0, 2) for x in whole_numbers(corpus, words, read[low], read[low + 1]))
    cut = np.any([x != y for x, y in zip(whole, read, strict=True)], axis=0) & (hindmost > foremost)
    return ends, Swaps(run, a, b, unlike, (whole[0], whole[1], whole[2], whole[3]), cut)


def _unlike(corpus: Corpus, words: Lexicon, a: Side, b: Side, rows: I64) -> BOOL:
    """Whether each swap has other words, and not other forms of the same."""
    one, other = (texts(corpus, words, s.begin[rows], s.end[rows]) for s in (a, b))
    return np.array(
        [
            not any(_akin(x, y) for x in old for y in new if min(len(x), len(y)) > _LETTERS)
            for old, new in zip(one, other, strict=True)
        ],
        np.bool_,
    )


def _akin(x: str, y: str) -> bool:
    """Whether two words begin and end alike, as forms and misspellings of one do; of Arabic letters the consonants."""
    bare = x.translate(_LONG_VOWELS), y.translate(_LONG_VOWELS)
    x, y = bare if min(map(len, bare)) >= _LETTERS else (x, y)
    least, most = sorted((len(x), len(y)))
    lead = 0
    while lead < least and x[lead] == y[lead]:
        lead += 1
    tail = 0
    while tail < least - lead and x[-1 - tail] == y[-1 - tail]:
        tail += 1
    return lead + tail >= INFLECTED * most
