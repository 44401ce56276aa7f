"""Whether a passage says the same as a wording, or only shares some words with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, F64, I64, U8, U32, kernel
from inchorus.match.edits import KEEP, REPLACE, Edits, edits
from inchorus.match.figures import figures
from inchorus.match.word_weights import ordinary
from inchorus.prepare.corpus import Corpus
from inchorus.prepare.flags import IS_NUMBER

# Calibrated on the odd half of 180 edited passages that a reader signed or did not: of those with less in common than
# `min_words` words of ordinary weight 2 in 5 were signed, all of them formulas; of the others 19 in 20.
CUT = 0.5  # of the weight of what only one of both has at its ends, against what differs inside
LONG_TEXT = 40.0  # words of ordinary weight in common: beyond, a new figure is an updated text, no other claim
_WHOLE = 10**9


class Lexicon(NamedTuple):
    """What the words of a corpus weigh and mean; one entry a word of the vocabulary.

    weight (float64): -log2 of its share of the running words, over the mean of this, so that a running word weighs 1.
    written (bool): it is a number written out. forms: the folded words.
    """

    weight: F64
    written: BOOL
    forms: pa.Array


class Compared(NamedTuple):
    """One entry a pair of wordings: same (they say the same), kept (words in common, in order)."""

    same: BOOL
    kept: I64
    runs: Edits


def lexicon(corpus: Corpus, forms: pa.Array) -> Lexicon:
    """Weigh the words of a corpus; `forms` comes from `vocabulary`."""
    bits, mean = ordinary(corpus)
    written = np.asarray(pc.is_in(forms, value_set=pa.array(list(figures()), forms.type)))
    return Lexicon(bits / mean if mean > 0 else np.ones(len(bits)), written, forms)


@kernel
def _weigh(
    word: U32, flags: U8, weight: F64, written: BOOL, begin: I64, end: I64, weights: F64, numbers: I64
) -> None:  # fmt: skip
    """Write the weight of the words of each span, and how many of them are numbers."""
    for i in range(len(begin)):
        for p in range(begin[i], end[i]):
            weights[i] += weight[word[p]]
            numbers[i] += 1 if flags[p] & IS_NUMBER or written[word[p]] else 0


class _Side(NamedTuple):
    """One entry a run of edits, of one of both wordings: its weight, its numbers, its words."""

    weight: F64
    numbers: I64
    size: I64


def _side(corpus: Corpus, words: Lexicon, begin: I64, end: I64) -> _Side:
    weight, numbers = np.zeros(len(begin)), np.zeros(len(begin), np.int64)
    _weigh(corpus.word, corpus.flags, words.weight, words.written, begin, end, weight, numbers)
    return _Side(weight, numbers, end - begin)


def _any(rows: BOOL, owner: I64, n: int) -> BOOL:
    return np.bincount(owner[rows], minlength=n) > 0


def compare(
    corpus: Corpus, words: Lexicon, from_begin: I64, from_end: I64, begin: I64, end: I64, min_words: int
) -> Compared:
    """Compare each wording `from_begin:from_end` of the corpus with the passage `begin:end`.

    They say the same if what they have in common weighs at least `min_words` ordinary words and more than what
    differs, and no number is replaced by another, save in a long text. Equal words always do.
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
    number = (runs.op == REPLACE) & (a.numbers > 0) & (b.numbers > 0)
    number[number] = [not _one_number(corpus, words, runs, r) for r in np.flatnonzero(number).tolist()]
    other = _any(number, owner, n) & (shared < LONG_TEXT)
    equal = ~_any(~kept_run, owner, n)
    return Compared(equal | ((shared >= min_words) & (shared >= differs) & ~other), kept, runs)


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
