"""Slots: places of a wording in which sources say one thing or another."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import I64
from inchorus.match.classes import LONG_LINE
from inchorus.match.content import Compared, Lexicon
from inchorus.match.hashes import wording_hashes
from inchorus.words.corpus import Corpus

# Sources that have the same other words there, and change nothing else of weight. Of 424 words for another in planted
# lines to choose by, 207 of them in near misses: two sources and nothing else changed, 0.62 of near misses and 0.18 of
# harmless edits; one side of several words 0.56 and 0.21; behind a light word 0.34 and 0.11, with two sources and
# nothing else changed 0.25 and 0.01. Three sources, whatever the word, 0.37 and 0.06.
ALIKE = 2
BOTH = 2  # slots of one passage that are filled otherwise together
WAYS = 2  # other things in one slot, each of them said by `ALIKE` sources: who edits does not edit in several ways
LIGHT = 0.7  # weight of a word that nouns stand behind, an article or a preposition; an ordinary running word weighs 1


def fillers(corpus: Corpus, words: Lexicon, found: Compared, document: I64) -> I64:
    """What passages have in a slot of the wording that they were compared with: a number for each thing, -1 for none.

    One source that has a word for another may have edited. Where several have the same other name or words there, or
    in a short wording the same other word where nouns stand, and change nothing else of weight, the wording is a frame,
    and they fill it with something else.
    """
    n = len(found.same)
    swaps = found.of_run.swaps
    if swaps is None:
        return np.full(n, -1)
    owner = np.repeat(np.arange(n), np.diff(found.runs.offsets))
    rows = np.flatnonzero(swaps.unlike)
    row = owner[swaps.run[rows]]
    loud = np.bincount(owner[found.of_run.loud], minlength=n)
    clean = loud[row] == 1
    a, b = swaps.a, swaps.b
    to = np.empty(len(rows), np.uint64)
    wording_hashes(corpus.word, b.begin[rows], b.end[rows], to)
    slot = np.unique(np.stack([a.begin[rows], a.end[rows]]), axis=1, return_inverse=True)[1].reshape(-1)
    slot = slot.astype(np.int64)
    filler = np.unique(np.stack([slot.astype(np.uint64), to]), axis=1, return_inverse=True)[1].reshape(-1)
    filler = filler.astype(np.int64)
    source = corpus.source[document[row]].astype(np.int64)
    said = _distinct(filler[clean], source[clean], len(rows))[filler]
    said = np.maximum(said, _said_both(row, filler, source, loud, n))
    named = (a.capitals[rows] > 0) & (b.capitals[rows] > 0)
    several = np.minimum(a.heavy[rows], b.heavy[rows]) > 1
    phrase = np.maximum(a.size[rows], b.size[rows]) > 1
    behind = (b.begin[rows] > 0) & (words.weight[corpus.word[np.maximum(b.begin[rows] - 1, 0)]] < LIGHT)
    short = found.shared[row] < LONG_LINE
    # Where most passages have something else, in several ways, the wording's own words are a filler like the others.
    wording = found.runs.from_begin[found.runs.offsets[:-1]]
    _, head, passages = np.unique(wording, return_inverse=True, return_counts=True)
    most = 2 * np.bincount(slot)[slot] > passages[head.reshape(-1)][row]
    open_slot = most & (_ways(slot, filler, said) >= WAYS)
    is_frame = (named | several | ((phrase | behind | open_slot) & short)) & (said >= ALIKE)
    out = np.full(n, -1)
    out[row[is_frame]] = filler[is_frame]
    return out


def _ways(slot: I64, filler: I64, said: I64) -> I64:
    """How many different fillers the slot of each row has that `ALIKE` sources say."""
    often = np.unique(np.stack([slot, filler])[:, said >= ALIKE], axis=1)[0]
    ways: I64 = np.bincount(often, minlength=int(slot.max(initial=-1)) + 1)[slot]
    return ways


def _said_both(row: I64, filler: I64, source: I64, loud: I64, n: int) -> I64:
    """Of each filler how many sources have it with the other of their pair, where two slots are all that differs."""
    out = np.zeros(len(row), np.int64)
    two = (np.bincount(row, minlength=n)[row] == BOTH) & (loud[row] == BOTH)
    both = np.flatnonzero(two)[np.argsort(row[two], kind="stable")]
    if len(both):
        pair = np.sort(filler[both].reshape(-1, BOTH), axis=1)
        alike = np.unique(pair, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
        out[both] = np.repeat(_distinct(alike, source[both[::BOTH]], len(alike))[alike], BOTH)
    return out


def _distinct(of: I64, what: I64, n: int) -> I64:
    keys = np.unique(np.stack([of, what]), axis=1)
    return np.bincount(keys[0], minlength=n)
