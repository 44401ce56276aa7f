"""Whether a passage says the same as a wording, or only shares some words with it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.match.classes import Classes, Kept, Sides, classes, kept_of, sides
from inchorus.match.edits import KEEP, Edits, edits
from inchorus.match.spans import Lexicon, lexicon
from inchorus.words.corpus import Corpus
from inchorus.words.flags import STARTS_SENTENCE

__all__ = ["Compared", "Lexicon", "compare", "lexicon"]

# Calibrated on the odd half of 180 edited passages that a reader signed or did not: of those with less in common than
# `min_words` words of ordinary weight 2 in 5 were signed, all of them formulas; of the others 19 in 20.
CUT = 0.5  # of the weight of what only one of both has at its ends, against what differs inside
# Times `min_words`, of an edited passage. Of 151 that were called repeats, judged for choosing, 0.81 were signed; of
# the 100 that `_sure` leaves 0.92, of the others 0.61.
EDITED = 1.25


class Compared(NamedTuple):
    """One entry a pair of wordings: same (nothing in the one turns the other), enough (in common), kept (words).

    sure: what both have is a statement by itself, not a tail or a name (see `_sure`). shared, differs (float64): the
    weight of what both have in common, and of what differs. of_run: what each run of edits does.
    """

    same: BOOL
    sure: BOOL
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
    differs, and nothing that differs turns the claim (see `classes`); equal words do, but for words beside them. Only
    what is `sure` besides would be signed.
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
    sure = equal | _sure(corpus, runs, owner, of, kept, found, min_words)
    return Compared(enough & ~turned, sure, enough, kept.size, kept.weight, differs, runs, found)


def _sure(
    corpus: Corpus, runs: Edits, owner: I64, of: Sides, kept: Kept, found: Classes, min_words: float
) -> BOOL:  # fmt: skip
    """Whether what each pair has in common would be signed as the same statement, for what both are.

    If only light words differ, it would, and so would whole sentences. Else it has to weigh `EDITED` times `min_words`,
    and half of what is cut off besides: less is a tail, a title, or words that many say.
    """
    n = len(kept.weight)
    lacking = (runs.op != KEEP) & ~kept.inside
    if found.swaps is not None:
        lacking[found.swaps.run] = False
    cut = np.bincount(owner, weights=of[0].weight * (of[0].heavy > 0) * lacking, minlength=n)
    loud = np.bincount(owner[found.loud], minlength=n) > 0
    out: BOOL = (kept.weight - CUT * cut >= EDITED * min_words) | ((cut == 0) & ~loud)
    asked = np.flatnonzero((cut == 0) & ~out & (kept.last >= 0))
    out[asked] = _sentences(corpus, runs, kept.first[asked], kept.last[asked])
    return out


def _sentences(corpus: Corpus, runs: Edits, first: I64, last: I64) -> BOOL:
    """Whether what is in common of pairs, from the run `first` to `last`, begins and ends as sentences do in both."""
    whole = np.ones(len(first), np.bool_)
    for begin, end in ((runs.from_begin[first], runs.from_end[last]), (runs.to_begin[first], runs.to_end[last])):
        behind = corpus.flags[np.minimum(end, len(corpus.flags) - 1)] & STARTS_SENTENCE != 0
        closes = corpus.offsets[np.searchsorted(corpus.offsets, end)] == end
        whole &= (corpus.flags[begin] & STARTS_SENTENCE != 0) & (behind | closes)
    return whole
