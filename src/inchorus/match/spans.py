"""What the words of a span are: what they weigh, and which of them are figures, names, negations or opposites."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import BOOL, F64, I64, U8, U32, U64, kernel
from inchorus.match.beside import NARROWED
from inchorus.match.figures import Figure, of_wording
from inchorus.match.turns import DENIES, FIGURE, NARROWS, NEGATES, Turns, turns
from inchorus.match.word_weights import ordinary
from inchorus.words.corpus import Corpus
from inchorus.words.flags import IS_CAPITAL, IS_NUMBER, STARTS_SENTENCE

DIGITS = 3  # words of a number that a span may begin or end in the middle of
HEAVY = 0.8  # weight of a word that can be what a claim is about: articles weigh half an ordinary word

# Of the running words: what is written as names is 0.09 to 0.15 of four English corpora, with nouns 0.32 of a German.
NOUNS = 0.3


class Lexicon(NamedTuple):
    """What the words of a corpus weigh and mean; one entry a word of the vocabulary.

    weight (float64): -log2 of its share of the running words, over the mean of this, so that a running word weighs 1.
    named (uint8): 1 for what is written with a capital inside sentences more often than not, a name in most languages.
    turns: negations, opposites and what is like them. forms: the folded words.
    """

    weight: F64
    named: U8
    turns: Turns
    forms: pa.Array


class Side(NamedTuple):
    """One entry a span of the corpus, `begin:end`.

    weight; size; numbers (words that are numbers or dates), capitals (words that are `named`), heavy (words of ordinary
    weight or more that are no figures); turning: negations and denials, and words that narrow `NARROWED` times; one,
    other: a bit for each pair of opposites.
    """

    begin: I64
    end: I64
    weight: F64
    size: I64
    numbers: I64
    capitals: I64
    heavy: I64
    turning: I64
    one: U64
    other: U64


def lexicon(corpus: Corpus, forms: pa.Array) -> Lexicon:
    """Weigh the words of a corpus; `forms` comes from `vocabulary`."""
    bits, mean = ordinary(corpus)
    names, kinds = named(corpus), turns(forms)
    # The lists are of many languages, and what one of them denies by is a name in another: "mai" is May in German.
    kinds.kinds[names > 0] &= FIGURE
    return Lexicon(bits / mean if mean > 0 else np.ones(len(bits)), names, kinds, forms)


def named(corpus: Corpus) -> U8:
    """Which words have a capital in most of their uses inside sentences; none where most words have."""
    inside, capitals = (np.zeros(len(corpus.frequency), np.int64) for _ in range(2))
    _capitals(corpus.word, corpus.flags, corpus.offsets, inside, capitals)
    names = 2 * capitals > inside
    if 2 * int(corpus.frequency[names].sum()) > len(corpus.word):
        names[:] = False
    return names.astype(np.uint8)


def are_names(corpus: Corpus, names: U8) -> bool:
    """Whether what is written as names (see `named`) is names: not all nouns are."""
    return float(corpus.frequency[names > 0].sum()) < NOUNS * len(corpus.word)


@kernel
def _capitals(word: U32, flags: U8, offsets: I64, inside: I64, capitals: I64) -> None:
    """Count the uses of words inside sentences, and those with a capital, in documents that are not mostly capitals."""
    for d in range(len(offsets) - 1):
        large = 0
        for p in range(offsets[d], offsets[d + 1]):
            large += flags[p] & IS_CAPITAL
        if 2 * large > offsets[d + 1] - offsets[d]:
            continue
        for p in range(offsets[d], offsets[d + 1]):
            if not flags[p] & STARTS_SENTENCE:
                inside[word[p]] += 1
                capitals[word[p]] += flags[p] & IS_CAPITAL


@kernel
def _look(
    word: U32, flags: U8, weight: F64, named: U8, kinds: U8, one: U64, other: U64, heavy: float, begin: I64, end: I64,
    weights: F64, counts: I64, ones: U64, others: U64,
) -> None:  # fmt: skip
    for i in range(len(begin)):
        for p in range(begin[i], end[i]):
            w = word[p]
            kind = kinds[w]
            weights[i] += weight[w]
            number = flags[p] & IS_NUMBER or kind & FIGURE
            counts[0, i] += 1 if number else 0
            counts[1, i] += named[w]
            counts[2, i] += 1 if weight[w] >= heavy and not number else 0
            counts[3, i] += (1 if kind & (NEGATES | DENIES) else 0) + (NARROWED if kind & NARROWS else 0)
            ones[i] |= one[w]
            others[i] |= other[w]


def side(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> Side:
    """What the words of each span are."""
    n = len(begin)
    weights, counts = np.zeros(n), np.zeros((4, n), np.int64)
    one, other = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    t = words.turns
    _look(
        corpus.word, corpus.flags, words.weight, words.named, t.kinds, t.one, t.other, HEAVY, begin, end, weights,
        counts, one, other,
    )  # fmt: skip
    numbers, capitals, heavy, turning = counts
    return Side(begin, end, weights, end - begin, numbers, capitals, heavy, turning, one, other)


def whole_numbers(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> tuple[I64, I64]:
    """Spans with the whole of the numbers that they begin or end in: of "5 million jobs" more than "million jobs"."""
    document = np.searchsorted(corpus.offsets, begin, "right") - 1
    lowest, highest = corpus.offsets[document], corpus.offsets[document + 1]
    begin, end, last = begin.copy(), end.copy(), len(corpus.word) - 1

    def goes_on(place: I64, inside: BOOL) -> BOOL:
        """Whether the word before a place and the word there are one number."""
        p = np.minimum(place, last)
        word, flags = corpus.word[[np.maximum(p - 1, 0), p]], corpus.flags[[np.maximum(p - 1, 0), p]]
        number = (flags & IS_NUMBER) | (words.turns.kinds[word] & FIGURE) != 0
        # A colon ends no sentence where figures touch it: 9:00.
        before = np.maximum(p - 1, 0)
        apart = corpus.start[p].astype(np.int64) - corpus.start[before] - corpus.length[before] != 1
        starts: BOOL = (flags[1] & STARTS_SENTENCE != 0) & apart
        out: BOOL = inside & number.all(axis=0) & ~starts
        return out

    for _ in range(DIGITS):
        begin -= goes_on(begin, begin > lowest)
        end += goes_on(end, end < highest)
    return begin, end


def _flat(begin: I64, end: I64) -> I64:
    """Every word of the spans, one after the other."""
    size = end - begin
    stops = np.cumsum(size)
    places: I64 = np.arange(int(size.sum())) - np.repeat(stops - size, size) + np.repeat(begin, size)
    return places


def texts(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> list[list[str]]:
    """The folded words of each span."""
    forms: list[str] = words.forms.take(pa.array(corpus.word[_flat(begin, end)])).to_pylist()
    size = end - begin
    return [forms[stop - n : stop] for stop, n in zip(np.cumsum(size).tolist(), size.tolist(), strict=True)]


def numbers_of(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> list[list[Figure]]:
    """The figures of each span."""
    places = _flat(begin, end)
    word = corpus.word[places]
    is_number = (corpus.flags[places] & IS_NUMBER) | (words.turns.kinds[word] & FIGURE) != 0
    # The word behind a number is read, too: it parts it from the next.
    read = is_number.copy()
    read[1:] |= is_number[:-1]
    forms: list[str] = words.forms.take(pa.array(word[read])).to_pylist()
    lengths = corpus.length[places[read]].tolist()
    count = np.bincount(np.repeat(np.arange(len(begin)), end - begin)[read], minlength=len(begin))
    stops = zip(np.cumsum(count).tolist(), count.tolist(), strict=True)
    return [of_wording(forms[stop - n : stop], lengths[stop - n : stop]) for stop, n in stops]
