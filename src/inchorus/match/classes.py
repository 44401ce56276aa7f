"""What each edit of a wording does to it: nothing, or it makes it another claim."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.match.beside import beside
from inchorus.match.edits import KEEP, Edits
from inchorus.match.figures import differ, replaced
from inchorus.match.spans import Lexicon, Side, are_names, numbers_of, side
from inchorus.match.swaps import Spans, Swaps, swaps
from inchorus.words.corpus import Corpus

HARMLESS, NUMBER, NAME, NEGATION, DIRECTION, CONTENT, CUT = range(7)
CLASSES = ("harmless", "number", "name", "negation", "direction", "content", "cut")

LONG_TEXT = 40.0  # words of ordinary weight in common: beyond, a new figure is an updated text, no other claim
UPDATE = 20.0  # of these words for each new figure: a report of another day has the same words about other figures
LONG_LINE = 16.0  # the same for another name, where words beside it are changed, too, or all nouns are written as names
_WHOLE = 10**9


Sides = tuple[Side, Side]


class Kept(NamedTuple):
    """One entry a pair of wordings: weight and size of what both have, its first run and its last.

    inside: a bool each run, whether it lies between the two.
    """

    weight: F64
    size: I64
    first: I64
    last: I64
    inside: BOOL


class Classes(NamedTuple):
    """One entry a run of edits: its class and what it does; and what is swapped, None where nothing is asked.

    classes (int64, of `CLASSES`); fatal: it makes another claim; loud: it changes a word of weight, a figure or what
    turns.
    """

    classes: I64
    fatal: BOOL
    loud: BOOL
    swaps: Swaps | None


def sides(corpus: Corpus, words: Lexicon, runs: Edits) -> Sides:
    """What stands in the wording, and what in the passage, in each run."""
    return side(corpus, words, runs.from_begin, runs.from_end), side(corpus, words, runs.to_begin, runs.to_end)


def kept_of(runs: Edits, owner: I64, of: Sides, n: int) -> Kept:
    """What the wordings of each of `n` pairs have in common; `owner` is the pair of each run."""
    a = of[0]
    is_kept = runs.op == KEEP
    place = np.arange(len(owner))
    first, last = np.full(n, _WHOLE), np.full(n, -1)
    np.minimum.at(first, owner[is_kept], place[is_kept])
    np.maximum.at(last, owner[is_kept], place[is_kept])

    def total(values: F64 | I64) -> F64:
        return np.bincount(owner[is_kept], weights=values[is_kept].astype(np.float64), minlength=n).astype(np.float64)

    size = total(a.size).astype(np.int64)
    inside = (place > first[owner]) & (place < last[owner])
    return Kept(total(a.weight), size, first, last, inside)


def classes(corpus: Corpus, words: Lexicon, runs: Edits, owner: I64, of: Sides, kept: Kept, which: BOOL) -> Classes:
    """The class of each run of edits, and whether it makes another claim, for the pairs that `which` asks for."""
    n = len(kept.weight)
    a, b = of
    changed = runs.op != KEEP
    out = np.where(changed & ~kept.inside, CUT, HARMLESS)
    fatal = np.zeros(len(owner), np.bool_)
    pairs = np.flatnonzero(which & (kept.last >= 0))
    if not len(pairs):
        return Classes(out, fatal, fatal, None)
    ends, swapped = swaps(corpus, words, runs, kept.first[pairs], kept.last[pairs], pairs, which[owner] & kept.inside)
    read = changed & kept.inside
    read[swapped.run] = True
    short = kept.weight < LONG_TEXT
    _others(out, fatal, owner, kept, swapped, short, are_names(corpus, words.named))

    lead = np.zeros((2, n), np.int64)
    for row, first in enumerate((ends.a_first, ends.b_first)):
        lead[row, pairs] = beside(corpus, words.turns.kinds, first)[0]
    inner = read & (np.arange(len(owner)) > kept.first[owner])
    one, other = (np.bincount(owner[inner], weights=s.turning[inner], minlength=n) for s in of)
    # Not added up: that nobody believes they can is not that they cannot.
    turned = which & ((lead[0] != lead[1]) | (one != other)) & short
    out[read & turned[owner] & (a.turning != b.turning)] = NEGATION
    # What stands beside the passage belongs to no run: the first words in common stand for it.
    fatal[np.where(kept.first < _WHOLE, kept.first, 0)[turned]] = True

    numbers = read & which[owner] & (a.numbers + b.numbers > 0)
    numbered = np.unique(np.concatenate([owner[numbers], pairs[swapped.cut]]))
    figures = np.zeros((2, n), np.int64)
    rows = np.searchsorted(pairs, numbered)
    a0, a1, b0, b1 = swapped.read
    figures[:, numbered] = _figures(corpus, words, (a0[rows], a1[rows], b0[rows], b1[rows]))
    numbers &= (figures[0] > 0)[owner]
    out[numbers] = NUMBER
    other = (figures[1] > 0) & (short | (kept.weight < UPDATE * figures[1]))
    # A number that the passage was cut in the middle of belongs to no run either.
    beyond = np.setdiff1d(numbered[other[numbered]], owner[numbers])
    fatal |= numbers & other[owner]
    fatal[kept.first[beyond]] = True
    loud = read & (a.heavy + b.heavy + a.turning + b.turning + a.numbers + b.numbers > 0)
    return Classes(out, fatal, loud, swapped)


def _others(out: I64, fatal: BOOL, owner: I64, kept: Kept, swapped: Swaps, short: BOOL, names: bool) -> None:
    """Write the classes of what is swapped: another thing, another name, the opposite."""
    a, b = swapped.a, swapped.b
    weight = kept.weight[owner[swapped.run]]
    named = swapped.unlike & (a.capitals > 0) & (b.capitals > 0)
    out[swapped.run[swapped.unlike]] = CONTENT
    out[swapped.run[named]] = NAME
    alone = (a.capitals == a.size) & (b.capitals == b.size) & names
    fatal[swapped.run[named & (weight < np.where(alone, LONG_TEXT, LONG_LINE))]] = True
    opposed = (a.one & b.other & ~a.other & ~b.one) | (a.other & b.one & ~a.one & ~b.other)
    turned = swapped.run[opposed != 0]
    out[turned] = DIRECTION
    fatal[turned] |= short[owner[turned]]


def _figures(corpus: Corpus, words: Lexicon, spans: Spans) -> I64:
    """Of each pair: whether the two spans have other figures, and how many are replaced by others."""
    sides = [numbers_of(corpus, words, *span) for span in (spans[:2], spans[2:])]
    both = list(zip(*sides, strict=True))
    return np.array([[differ(a, b) for a, b in both], [replaced(a, b) for a, b in both]], np.int64).reshape(
        2, len(both)
    )
