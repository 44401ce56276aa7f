"""Whether a passage says the same as a wording, or only uses its frame for something else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.kernel import BOOL, F64, I64
from inchorus.match.edits import KEEP, REPLACE, Edits, edits
from inchorus.match.turns import Turns, figures, turns
from inchorus.prepare.corpus import Corpus
from inchorus.prepare.flags import IS_CAPITAL, IS_NUMBER, STARTS_SENTENCE

SAME, OTHER, LITTLE = 0, 1, 2

# Calibrated on the odd half of 180 edited passages that a reader signed or did not: of those with less in common than
# `min_words` words of ordinary weight 2 in 5 were signed, all of them formulas; of the others 19 in 20.
CUT = 0.5  # of the weight of what only one of both has at its ends, against what differs inside
LONG_TEXT = 40.0  # words of ordinary weight in common: beyond, a new figure is an updated text, no other claim
LONG_LINE = 15.0  # the same for a name, and for a denial beside the passage
SHORT_LINE = 7.0  # up to here one word of weight carries the line
NEAR_END = 2  # words at the ends that are still read with the passage
INFLECTED = 0.65  # of the letters that two forms of one word have in common at their ends
NAMES = 0.3  # share of capitals among what is in common, from which capitals tell no name
_WHOLE = 10**9


class Lexicon(NamedTuple):
    """What the words of a corpus weigh and mean; one entry a word of the vocabulary.

    weight (float64): -log2 of its share of the running words, over the mean of this, so that a running word weighs 1.
    turns: negations and opposites. forms: the folded words.
    """

    weight: F64
    turns: Turns
    forms: pa.Array


class Compared(NamedTuple):
    """One entry a pair of wordings: verdict (`SAME`, `OTHER` content, `LITTLE` in common), kept (words in common)."""

    verdict: I64
    kept: I64
    runs: Edits


def lexicon(corpus: Corpus, forms: pa.Array) -> Lexicon:
    """Weigh the words of a corpus; `forms` comes from `vocabulary`."""
    bits = -np.log2(corpus.frequency / max(1, len(corpus.word)))
    mean = float((corpus.frequency * bits).sum()) / max(1, len(corpus.word))
    return Lexicon(bits / mean if mean > 0 else np.ones(len(bits)), turns(forms), forms)


def _flat(begin: I64, end: I64) -> tuple[I64, I64]:
    """The row and the place of every word of the spans."""
    size = end - begin
    row = np.repeat(np.arange(len(size)), size)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + begin[row]


class _Side(NamedTuple):
    """One entry a run of edits, of one of both wordings: its weight, negations, opposites, numbers, capitals."""

    weight: F64
    negations: I64
    one: I64
    other: I64
    numbers: I64
    capitals: I64
    heavy: I64
    size: I64


def _side(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> _Side:
    n = len(begin)
    row, place = _flat(begin, end)
    word, flags = corpus.word[place], corpus.flags[place]

    def count(which: BOOL) -> I64:
        return np.bincount(row[which], minlength=n)

    weight = words.weight[word]
    number = ((flags & IS_NUMBER) != 0) | words.turns.numbers[word]
    one, other = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    np.bitwise_or.at(one, row, words.turns.one[word])
    np.bitwise_or.at(other, row, words.turns.other[word])
    return _Side(
        np.bincount(row, weights=weight, minlength=n).astype(np.float64),
        count(words.turns.negates[word]),
        one.astype(np.int64),
        other.astype(np.int64),
        count(number),
        count(((flags & IS_CAPITAL) != 0) & ((flags & STARTS_SENTENCE) == 0)),
        count((weight >= 1) & ~number),
        end - begin,
    )


def _any(rows: BOOL, owner: I64, n: int) -> BOOL:
    return np.bincount(owner[rows], minlength=n) > 0


def compare(
    corpus: Corpus, words: Lexicon, from_begin: I64, from_end: I64, begin: I64, end: I64, min_words: int
) -> Compared:
    """Compare each wording `from_begin:from_end` of the corpus with the passage `begin:end`.

    They say the same if what they have in common weighs at least `min_words` ordinary words and more than what
    differs, and nothing that differs turns the claim: a number, a name, a negation, an opposite, or in a short line the
    one word that carries it.
    """
    n = len(begin)
    runs = edits(corpus.word, from_begin, from_end, begin, end)
    owner = np.repeat(np.arange(n), np.diff(runs.offsets))
    a = _side(corpus, words, runs.from_begin, runs.from_end)
    b = _side(corpus, words, runs.to_begin, runs.to_end)
    kept_run = runs.op == KEEP
    place = np.arange(len(owner))
    first, last = np.full(n, _WHOLE), np.full(n, -1)
    np.minimum.at(first, owner[kept_run], place[kept_run])
    np.maximum.at(last, owner[kept_run], place[kept_run])
    inside = (place > first[owner]) & (place < last[owner])
    kept = np.bincount(owner[kept_run], weights=a.size[kept_run], minlength=n).astype(np.int64)
    shared = np.bincount(owner[kept_run], weights=a.weight[kept_run], minlength=n)
    lost = np.where(inside, np.maximum(a.weight, b.weight), CUT * (a.weight + b.weight)) * ~kept_run
    differs = np.bincount(owner, weights=lost, minlength=n)
    # What is cut off at an end says nothing about the rest, but what stands right there does.
    read = ~kept_run & (inside | (np.maximum(a.size, b.size) <= NEAR_END))
    replaced = read & (runs.op == REPLACE)
    negated = (
        np.bincount(owner[read], weights=a.negations[read], minlength=n)
        != np.bincount(owner[read], weights=b.negations[read], minlength=n)
    )  # fmt: skip
    opposed = ((a.one & b.other & ~a.other & ~b.one) | (a.other & b.one & ~a.one & ~b.other)) != 0
    number = ~kept_run & (runs.op == REPLACE) & (a.numbers > 0) & (b.numbers > 0)
    number[number] = [not _one_number(corpus, words, runs, r) for r in np.flatnonzero(number).tolist()]
    capitals = np.bincount(owner[kept_run], weights=a.capitals[kept_run], minlength=n) / np.maximum(kept, 1)
    named = replaced & (a.capitals > 0) & (b.capitals > 0) & (capitals < NAMES)[owner]
    short = (shared < SHORT_LINE)[owner]
    carried = replaced & (a.heavy > 0) & (b.heavy > 0) & short
    apart = (named | carried) & (shared < LONG_LINE)[owner]
    apart[apart] = [_unlike(corpus, words, runs, r) for r in np.flatnonzero(apart).tolist()]
    turned = (negated | _any(number | (replaced & opposed), owner, n)) & (shared < LONG_TEXT)
    turned |= _any(apart, owner, n)
    same = np.bincount(owner, weights=~kept_run, minlength=n) == 0
    little = ~same & ((shared < min_words) | (shared < differs))
    return Compared(np.where(same, SAME, np.where(little, LITTLE, np.where(turned, OTHER, SAME))), kept, runs)


def _forms(corpus: Corpus, words: Lexicon, begin: int, end: int) -> list[str]:
    forms: list[str] = words.forms.take(pa.array(corpus.word[begin:end])).to_pylist()
    return forms


def _digits(forms: list[str]) -> str:
    written = figures()
    return "".join(written.get(f, f if f[:1].isdigit() else "") for f in forms).replace(".", "")


def _one_number(corpus: Corpus, words: Lexicon, runs: Edits, r: int) -> bool:
    """Whether both sides of a run give the same figures: 7 5 and 7.5, or 20 million and 20,000,000."""
    old = _forms(corpus, words, runs.from_begin[r], runs.from_end[r])
    new = _forms(corpus, words, runs.to_begin[r], runs.to_end[r])
    a, b = _digits(old), _digits(new)
    return a == b or (a.rstrip("0") == b.rstrip("0") != "" and len(old) != len(new))


def _unlike(corpus: Corpus, words: Lexicon, runs: Edits, r: int) -> bool:
    """Whether a run replaces words by others, and not by other forms of them."""
    old = _forms(corpus, words, runs.from_begin[r], runs.from_end[r])
    new = _forms(corpus, words, runs.to_begin[r], runs.to_end[r])
    return not any(_akin(x, y) for x in old for y in new if min(len(x), len(y)) > 3)


def _akin(x: str, y: str) -> bool:
    """Whether two words begin and end alike, as forms and misspellings of one do."""
    least, most = sorted((len(x), len(y)))
    lead = 0
    while lead < least and x[lead] == y[lead]:
        lead += 1
    tail = 0
    while tail < least - lead and x[-1 - tail] == y[-1 - tail]:
        tail += 1
    return lead + tail >= INFLECTED * most
