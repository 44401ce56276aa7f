"""Forms: what a document fills in more than once, each time with other words."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.match.classes import LONG_TEXT
from inchorus.match.content import Compared, Lexicon
from inchorus.match.edits import KEEP, REPLACE
from inchorus.match.hashes import wording_hashes
from inchorus.words.corpus import Corpus

RUN = 3  # words that are looked for elsewhere in the document: fewer stand twice in any text
ENTRIES = 3  # places with other words of weight, at least
# Of the weight of what both have. With less the form was copied and its entries were edited: one word in ten.
DIFFERS = 0.15
FRAME = 0.5
NEAR = 0.25  # of the words of a wording: how far the parts of another filling may be from where they are in this one
BATCH = 4_000_000  # words of documents that are looked through at a time


def refilled(corpus: Corpus, words: Lexicon, found: Compared) -> BOOL:
    """Which pairs of long wordings fill in one form, and have no more in common than that.

    A section of a bill that appropriates and one that appropriates something else have two words in three in common. To
    be told from two states of one section, one of both documents must show it: what both wordings have stands there
    once more, in the same order, with other words between. Where most of what they have in common is such a frame, they
    say the same only if the rest weighs more than what differs. In shorter wordings `classes` and `fillers` tell.
    """
    n = len(found.same)
    runs = found.runs
    owner = np.repeat(np.arange(n), np.diff(runs.offsets))
    entries = np.bincount(owner[(runs.op == REPLACE) & found.of_run.loud], minlength=n)
    out: BOOL = found.same & (found.shared >= LONG_TEXT) & (found.differs > DIFFERS * found.shared)
    out &= entries >= ENTRIES
    rows = np.flatnonzero((runs.op == KEEP) & out[owner])
    if not len(rows):
        return out
    frame = np.maximum(
        _frames(corpus, words, owner[rows], runs.from_begin[rows], runs.from_end[rows], n),
        _frames(corpus, words, owner[rows], runs.to_begin[rows], runs.to_end[rows], n),
    )
    return out & (frame > FRAME * found.shared) & (found.shared - frame < found.differs)


def _frames(corpus: Corpus, words: Lexicon, owner: I64, begin: I64, end: I64, n: int) -> F64:
    """Of each of `n` pairs the weight of its runs that its document has before or behind it, in the same order."""
    size = end - begin
    pair = np.repeat(owner, size)
    place = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size - begin, size)
    weight = words.weight[corpus.word[place]]
    length = np.bincount(pair, minlength=n)
    starts = np.zeros(len(place), np.bool_)
    for far in _elsewhere(corpus, place):
        order = np.lexsort((far, pair))
        order = order[far[order] > 0]
        count = np.bincount(pair[order], minlength=n)
        some = count > 0
        middle = np.zeros(n, np.int64)
        middle[some] = far[order[(np.cumsum(count) - count + count // 2)[some]]]
        starts |= (far > 0) & (np.abs(far - middle[pair]) <= NEAR * length[pair])
    held = starts.copy()
    for step in range(1, RUN):
        held[step:] |= starts[:-step] & (place[step:] - place[:-step] == step)
    return np.bincount(pair[held], weights=weight[held], minlength=n).astype(np.float64)


def _elsewhere(corpus: Corpus, place: I64) -> tuple[I64, I64]:
    """How far before each place, and how far behind it, its document has the same `RUN` words; 0 where it has not."""
    document = np.searchsorted(corpus.offsets, place, "right") - 1
    before, behind = np.zeros(len(place), np.int64), np.zeros(len(place), np.int64)
    names, size = np.unique(document), np.diff(corpus.offsets)
    for some in np.split(names, np.flatnonzero(np.diff(np.cumsum(size[names]) // BATCH)) + 1):
        begin, stop = corpus.offsets[some], corpus.offsets[some + 1]
        at = np.concatenate([np.arange(a, b) for a, b in zip(begin.tolist(), stop.tolist(), strict=True)])
        key = np.empty(len(at), np.uint64)
        last = np.repeat(stop, stop - begin)
        wording_hashes(corpus.word, at, np.minimum(at + RUN, last), key)
        of = np.repeat(np.arange(len(some)), stop - begin)
        order = np.lexsort((at, key, of))
        same = (key[order][1:] == key[order][:-1]) & (of[order][1:] == of[order][:-1])
        gap = np.diff(at[order]) * same
        left, right = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        left[order[1:]], right[order[:-1]] = gap, gap
        held = np.flatnonzero(np.isin(document, some))
        row = np.searchsorted(at, place[held])
        before[held], behind[held] = left[row], right[row]
    return before, behind
