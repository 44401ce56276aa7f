"""Whether a passage says the same as a wording, or only shares some words with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.match.classes import Classes, classes, kept_of, sides
from inchorus.match.edits import KEEP, Edits, edits
from inchorus.match.spans import Lexicon, lexicon
from inchorus.words.corpus import Corpus

__all__ = ["Compared", "Lexicon", "compare", "lexicon"]

# Calibrated on the odd half of 180 edited passages that a reader signed or did not: of those with less in common than
# `min_words` words of ordinary weight 2 in 5 were signed, all of them formulas; of the others 19 in 20.
CUT = 0.5  # of the weight of what only one of both has at its ends, against what differs inside


class Compared(NamedTuple):
    """One entry a pair of wordings: same (they say the same), enough (they have enough in common), kept (words).

    shared, differs (float64): the weight of what both have in common, and of what differs. of_run: what each run of
    edits does.
    """

    same: BOOL
    enough: BOOL
    kept: I64
    shared: F64
    differs: F64
    runs: Edits
    of_run: Classes


def compare(
    corpus: Corpus, words: Lexicon, from_begin: I64, from_end: I64, begin: I64, end: I64, min_words: float
) -> Compared:
    """Compare each wording `from_begin:from_end` of the corpus with the passage `begin:end`.

    They say the same if what they have in common weighs at least `min_words` ordinary words and more than what
    differs, and nothing that differs turns the claim (see `classes`). Equal words do, but for words beside them.
    """
    n = len(begin)
    runs = edits(corpus.word, from_begin, from_end, begin, end)
    owner = np.repeat(np.arange(n), np.diff(runs.offsets))
    of = sides(corpus, words, runs)
    kept = kept_of(runs, owner, of, n)
    a, b = of
    lost = np.where(kept.inside, np.maximum(a.weight, b.weight), CUT * (a.weight + b.weight)) * (runs.op != KEEP)
    differs = np.bincount(owner, weights=lost, minlength=n).astype(np.float64)
    equal = np.bincount(owner, weights=runs.op != KEEP, minlength=n) == 0
    enough = equal | ((kept.weight >= min_words) & (kept.weight >= differs))
    found = classes(corpus, words, runs, owner, of, kept, enough)
    turned = np.bincount(owner[found.fatal], minlength=n) > 0
    return Compared(enough & ~turned, enough, kept.size, kept.weight, differs, runs, found)
